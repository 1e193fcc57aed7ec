/**
 * Whole processes in this process: start → user task → gateway → service → end, each step stored by the one write path,
 * sixteen at once; beside bpmn-engine, which keeps its processes in memory and stores nothing.
 */
import { Agent } from 'node:http'
import { benchValues, installBenchApp } from './support/bench-app.mjs'
import { median, rate, row } from './support/measure.mjs'
import { onEachDatabase, openProduct } from './support/server.mjs'

const atOnce = 16

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="bench">
  <process id="line" isExecutable="true">
    <startEvent id="start" /><sequenceFlow id="a" sourceRef="start" targetRef="task" />
    <userTask id="task" /><sequenceFlow id="b" sourceRef="task" targetRef="gate" />
    <exclusiveGateway id="gate" default="d" />
    <sequenceFlow id="c" sourceRef="gate" targetRef="act"><conditionExpression xsi:type="tFormalExpression">\${environment.variables.severe}</conditionExpression></sequenceFlow>
    <sequenceFlow id="d" sourceRef="gate" targetRef="end" />
    <serviceTask id="act" implementation="\${environment.services.act}" /><sequenceFlow id="e" sourceRef="act" targetRef="end" />
    <endEvent id="end" />
  </process>
</definitions>`

/** The same process as bpmn-engine runs it, per second. */
async function peerRate() {
  const { Engine } = await import('bpmn-engine')
  const { EventEmitter } = await import('node:events')
  const one = async () => {
    const engine = new Engine({ name: 'line', source: xml, variables: { severe: true } })
    const listener = new EventEmitter()
    listener.on('activity.wait', (activity) => activity.signal())
    const services = { act: (_scope, done) => done() }
    const ended = engine.waitFor('end')
    await engine.execute({ listener, services })
    await ended
  }
  return rate(one, { rounds: 3, warmUpMs: 2000, roundMs: 1000 })
}

async function storedRate(product) {
  const { executor, memory, newId } = product.app.ports
  await memory.fresh()
  const user = memory.now.organisation.byUsername('clerk')
  const principal = { kind: 'user', user, admin: false, grants: user.grants }
  const opened = new Map()
  executor.onCommitted(({ tasks }) => {
    for (const { id, task } of tasks) opened.set(id, task)
  })
  const carryOut = async (body) => {
    const done = await executor.execute({ command: newId(), principal, source: 'api', ...body })
    if (!done.ok) throw new Error(JSON.stringify(done.error))
    return done.value
  }
  const one = async () => {
    const { record } = await carryOut({ type: 'record.create', app: 'bench', form: 'line', values: benchValues })
    await carryOut({ type: 'task.complete', task: opened.get(record.id), outcome: 'done' })
    opened.delete(record.id)
  }
  const during = async (ms) => {
    let done = 0
    const begun = performance.now()
    const cpu = process.cpuUsage()
    const client = async () => {
      while (performance.now() - begun < ms) {
        await one()
        done += 1
      }
    }
    await Promise.all(Array.from({ length: atOnce }, client))
    const { user, system } = process.cpuUsage(cpu)
    return { perSecond: (done / (performance.now() - begun)) * 1000, cpuMs: (user + system) / 1000 / done }
  }
  await during(4000)
  const rounds = [await during(2000), await during(2000), await during(2000)]
  return { perSecond: median(rounds.map((r) => r.perSecond)), cpuMs: median(rounds.map((r) => r.cpuMs)) }
}

export default async () => {
  const peer = await peerRate()
  return onEachDatabase(async (database) => {
    const product = await openProduct(database)
    const agent = new Agent({ keepAlive: true })
    try {
      await installBenchApp(product, agent)
      const stored = await storedRate(product)
      return [
        row(`process from start to end, stored, ${atOnce} at once (${database.name})`, stored.perSecond, '/s', {
          floor: peer,
          floorName: 'bpmn-engine, in memory',
          target: 1000,
          moonshot: 5000,
        }),
        row('  one process: processor time', stored.cpuMs, 'ms', {
          floor: 1000 / peer,
          floorName: 'bpmn-engine, in memory',
          lowerIsBetter: true,
        }),
      ]
    } finally {
      agent.destroy()
      await product.stop()
    }
  })
}
