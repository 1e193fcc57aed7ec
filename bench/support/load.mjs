import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { median, quantile } from './measure.mjs'

/** Processor time a process has used so far, in milliseconds; undefined where there is no /proc. */
function cpuMsOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined
  }
}

/** Resident memory of a process in MB; undefined where there is no /proc. */
export function memoryMbOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
  } catch {
    return undefined
  }
}

export function send(agent, url, { method = 'GET', path, headers, body }) {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const outgoing = request(url + path, {
      agent,
      method,
      headers: {
        ...headers,
        ...(payload !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
        }),
      },
    })
    outgoing.once('error', reject)
    outgoing.once('response', (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }))
    })
    outgoing.end(payload)
  })
}

/** How fast, how long, at what cost: the medians of the rounds. */
const medians = (rounds) => ({
  perSecond: median(rounds.map((one) => one.perSecond)),
  p50: median(rounds.map((one) => one.p50)),
  p95: median(rounds.map((one) => one.p95)),
  cpuMs: rounds.some((one) => one.cpuMs === undefined) ? undefined : median(rounds.map((one) => one.cpuMs)),
  count: rounds.reduce((sum, one) => sum + one.count, 0),
})

/**
 * Sends requests from so many clients, in several rounds of so long; each client waits for its answer. `next` gives a
 * request, or undefined when there are no more. An answer that is no success ends the run: a rate of refusals is no
 * rate. Warmed up by a number of requests, because what the server has not compiled yet is measured in calls, not seconds.
 */
export async function load(
  { url, pid },
  next,
  { clients = 16, seconds = 2, rounds = 3, warmUp = 300, warmUpSeconds = 10 } = {},
) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const during = async (forSeconds, most = Number.POSITIVE_INFINITY) => {
    const latencies = []
    const cpuBegun = cpuMsOf(pid)
    const begun = performance.now()
    const end = begun + forSeconds * 1000
    const client = async () => {
      while (performance.now() < end && latencies.length < most) {
        const one = next()
        if (one === undefined) return
        const sent = performance.now()
        const { status, text } = await send(agent, url, one)
        if (status < 200 || status > 299) throw new Error(`${one.method ?? 'GET'} ${one.path}: ${status} ${text}`)
        latencies.push(performance.now() - sent)
      }
    }
    await Promise.all(Array.from({ length: clients }, client))
    const elapsed = performance.now() - begun
    const cpu = cpuMsOf(pid)
    return {
      perSecond: (latencies.length / elapsed) * 1000,
      p50: median(latencies),
      p95: quantile(latencies, 0.95),
      cpuMs: cpu === undefined || cpuBegun === undefined ? undefined : (cpu - cpuBegun) / latencies.length,
      count: latencies.length,
    }
  }
  if (warmUp > 0) await during(warmUpSeconds, warmUp)
  const measured = []
  for (let round = 0; round < rounds; round += 1) measured.push(await during(seconds))
  agent.destroy()
  return medians(measured.filter((one) => one.count > 0))
}
