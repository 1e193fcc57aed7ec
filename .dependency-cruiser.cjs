const engine = '^packages/engine/src/'
const reports = '^packages/reports/src/'
const runtime = '^packages/runtime/src/'
const designer = '^packages/designer/src/'
// A test may look where the code beside it may not.
const test = '\\.test\\.tsx?$'

const rule = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: test, ...from },
  to,
})

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'engine-is-the-ground',
      'The engine says what a definition means for everybody above it; an import upwards would make it depend on one reader.',
      { path: engine, pathNot: [] },
      { path: '^packages/(?!engine/)' },
    ),
    rule(
      'reports-stand-on-engine-only',
      'Reports answer questions for runtime and designer alike, so they know neither.',
      { path: reports },
      { path: '^packages/(runtime|designer)/' },
    ),
    rule(
      'runtime-knows-no-designer',
      'The designer is a page of its own, served as files: an installation runs without knowing how definitions are drawn.',
      { path: runtime },
      { path: '^packages/designer/' },
    ),
    rule(
      'reports-core-without-pages',
      'Plans and SQL run on the server; React must not come along.',
      { path: reports, pathNot: [`${reports}web/`, test] },
      { path: `${reports}web/` },
    ),
    rule(
      'nobody-imports-the-server',
      'The server is the only hands (database, mail, clock); all others speak to it through the contract. The command line is its second front door.',
      { path: '^packages/', pathNot: [`${runtime}(server|cli)/`, '^packages/runtime/test/', test] },
      { path: `${runtime}(server|cli)/` },
    ),
    rule(
      'server-draws-nothing',
      'The server starts without React and serves pages as files.',
      { path: `${runtime}(server|cli)/` },
      { path: `${runtime}(web|ui)/|${reports}web/` },
    ),
    rule(
      'contract-is-the-wire',
      'Both sides import the contract, so it may pull in neither.',
      { path: `${runtime}contract/` },
      { path: `${runtime}(?!contract/)` },
    ),
    rule(
      'ui-is-for-every-page',
      'Designer, portal and staff app draw with the same widgets: no network, no knowledge of a page.',
      { path: `${runtime}ui/` },
      { path: `${runtime}(web|server|cli)/` },
    ),
    rule(
      'routes-speak-commands-and-queries',
      'A route parses and replies; SQL in it would be a second way to write, past authorisation and audit.',
      { path: `${runtime}server/http/` },
      { path: `${runtime}server/store/|node_modules/(kysely|better-sqlite3|pg)/` },
    ),
    rule(
      'types-do-not-know-each-other',
      'One folder per field, node, action or chart type: what two of them share belongs below them.',
      { path: '/src/(?:ui/|web/)?(fields|nodes|actions|charts)/([^/]+)/.+' },
      {
        path: '/src/(?:ui/|web/)?$1/[^/]+/.+',
        pathNot: ['/src/(?:ui/|web/)?$1/$2/'],
      },
    ),
    rule(
      'pure-code-knows-no-node',
      'Engine, plans, widgets and pages run in a browser too.',
      { path: [engine, reports, `${runtime}(contract|ui|web)/`, designer] },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'packages-by-their-front-door',
      "Another package's inside may change without notice: import what its `exports` names.",
      { path: '^packages/([^/]+)/(src|test)/' },
      {
        path: '^packages/[^/]+/src/',
        pathNot: [
          '^packages/$1/',
          '/src/index\\.ts$',
          '^packages/engine/src/validate\\.ts$',
          '^packages/engine/src/(bpmn|layout)/index\\.ts$',
          '^packages/reports/src/(sql|web)/index\\.ts$',
          '^packages/runtime/src/(contract|ui|server)/index\\.ts$',
          '^packages/runtime/src/web/page\\.ts$',
        ],
      },
    ),
    rule(
      'no-cycles',
      'Files that need each other are one file, or miss a third one below them. Types may meet in a circle: they are gone when the code runs.',
      { path: '^packages/' },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'only-what-is-there',
      'An import that resolves to nothing hides from every other rule.',
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/dist/', '/node_modules/\\.vite/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // Without our own condition workspace imports resolve to dist, and the rules about packages see nothing.
      conditionNames: ['@tenon/source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
}
