import { join } from 'node:path'
import { systemClock } from '../../server/clock.ts'
import { readConfig } from '../../server/config.ts'
import { examine } from '../../server/doctor/examine.ts'
import { connect } from '../../server/store/connect.ts'
import { LiveMemory } from '../../server/store/live-memory.ts'
import type { CliCommand } from '../command.ts'

/** Checks everything that must always hold, without changing anything; may run beside the server. */
export const doctorCommand: CliCommand = {
  usage: 'doctor',
  summary: { 'zh-CN': '检查数据是否完好', en: 'check that the data is sound' },
  async run(_args, terminal) {
    const config = readConfig(terminal.env)
    const store = await connect(config.databaseUrl)
    try {
      const memory = await new LiveMemory(store).fresh()
      let count = 0
      for await (const { check, findings, more } of examine({
        db: store.read,
        memory,
        filesFolder: join(config.dataFolder, 'files'),
        now: systemClock.now(),
      })) {
        terminal.out(
          `${findings.length === 0 ? 'ok    ' : 'FAILED'} ${check}${findings.length === 0 ? '' : `: ${findings.length}${more ? '+' : ''}`}`,
        )
        for (const { about, what } of findings) terminal.out(`         ${about}  ${what}`)
        count += findings.length
      }
      terminal.say(
        terminal.t(
          count === 0
            ? { 'zh-CN': '一切正常', en: 'all is well' }
            : { 'zh-CN': '发现 {count} 处问题', en: '{count} things are wrong' },
          { count },
        ),
      )
      return count === 0 ? 0 : 1
    } finally {
      await store.close()
    }
  },
}
