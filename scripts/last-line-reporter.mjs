/**
 * Prints `N passed, N failed, N skipped` as the very last line, alone and without colour, for people and scripts that
 * read only that. A file that could not be loaded and an error outside any test each count as one failure.
 */
export default class LastLineReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      if (module.errors().length > 0) count.failed += 1
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) count.failed += 1
      for (const test of module.children.allTests()) count[test.result().state] += 1
    }
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`
    process.once('exit', () => process.stdout.write(`${line}\n`))
  }
}
