import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  root: new URL('src/web', import.meta.url).pathname,
  plugins: [react()],
  resolve: { conditions: ['@tenon/source', ...defaultClientConditions] },
  build: {
    outDir: new URL('dist/web', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Inlined images would be data addresses, which a stricter policy of a proxy may refuse.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        // Only what every page needs is named. Tables, forms and charts stay with the lazy pages that import them:
        // a group for all of antd or echarts would put them into the first load.
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 10 }],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/healthz', '/readyz'].map((path) => [path, 'http://127.0.0.1:8080'])),
  },
})
