import Database from 'better-sqlite3'
import pg from 'pg'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../../tests/support/database.ts'

eachDatabase(
  (database) => {
    test('the template is there, and an own copy of it', async () => {
      for (const url of [database.url, await database.fresh()]) {
        if (database.kind === 'sqlite') {
          const db = new Database(url.slice('sqlite:'.length))
          expect(db.prepare('select n from t').all()).toEqual([{ n: 1 }])
          db.close()
        } else {
          const c = new pg.Client({ connectionString: url })
          await c.connect()
          expect((await c.query('select n from t')).rows).toEqual([{ n: 1 }])
          await c.end()
        }
      }
    })
  },
  {
    name: 'helper',
    async prepare(url) {
      const sql = 'create table t (n integer)'
      if (url.startsWith('sqlite:')) {
        const db = new Database(url.slice('sqlite:'.length))
        db.exec(sql)
        db.exec('insert into t values (1)')
        db.close()
      } else {
        const c = new pg.Client({ connectionString: url })
        await c.connect()
        await c.query(sql)
        await c.query('insert into t values (1)')
        await c.end()
      }
    },
  },
)
