import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { median } from './measure.mjs'

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

/**
 * Sends requests from so many clients for so long; each waits for its answer. `next` gives a request, or undefined when
 * there are no more. An answer that is no success ends the run: a rate of refusals is no rate.
 */
export async function load({ url, pid }, next, { clients = 16, seconds = 3, warmUpSeconds = 1.5 } = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const during = async (forSeconds) => {
    const latencies = []
    const cpuBegun = cpuMsOf(pid)
    const begun = performance.now()
    const end = begun + forSeconds * 1000
    const client = async () => {
      for (;;) {
        if (performance.now() > end) return
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
      cpuMs: cpu === undefined || cpuBegun === undefined ? undefined : (cpu - cpuBegun) / latencies.length,
      count: latencies.length,
    }
  }
  if (warmUpSeconds > 0) await during(warmUpSeconds)
  const result = await during(seconds)
  agent.destroy()
  return result
}
