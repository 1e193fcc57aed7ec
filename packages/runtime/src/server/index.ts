/** The server for those who start it inside another program: tests and benchmarks. */
export { type App, buildApp, openPorts, type Ports } from './app.ts'
export { type Clock, createTestClock, systemClock, type TestClock } from './clock.ts'
export { type Config, ConfigError, readConfig } from './config.ts'
export { type Examination, examine } from './doctor/examine.ts'
export { installOnFirstStart } from './first-start.ts'
export { serve, startProgram } from './main.ts'
