import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  root: new URL('src/web', import.meta.url).pathname,
  // The runtime serves this page as files under /design.
  base: '/design/',
  plugins: [react()],
  resolve: { conditions: ['@tenon/source', ...defaultClientConditions] },
  build: {
    outDir: new URL('dist/app', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 10 }],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
