import { describe, expect, test } from 'vitest'
import { type RunInput, runBpmn, type TraceLine } from './run-bpmn.ts'

/** A process of flow nodes and `from -> to [condition]` lines; script tasks append their id to the trace. */
function model(nodes: string, ways: string, roots = ''): string {
  const edges = ways
    .trim()
    .split('\n')
    .map((line, index) => {
      const [, from, to, condition] = /^\s*(\w+) -> (\w+)(?: \[(.*)\])?$/.exec(line) ?? []
      const expression = condition
        ? `<conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression>`
        : ''
      return `<sequenceFlow id="f${index}" sourceRef="${from}" targetRef="${to}">${expression}</sequenceFlow>`
    })
    .join('')
  return documentOf(`<process id="p" isExecutable="true">${nodes}${edges}</process>${roots}`)
}
const documentOf = (content: string) =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="t">${content}</definitions>`

const script = (...ids: string[]) =>
  ids.map((id) => `<scriptTask id="${id}"><script>trace = trace + "${id}"</script></scriptTask>`).join('')
const ends = '<startEvent id="start"/><endEvent id="end"/>'

async function run(xml: string, input: RunInput = {}): Promise<readonly TraceLine[]> {
  const done = await runBpmn(xml, input)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}
/** The tokens in the order in which they were appended. */
const tokens = async (xml: string, input?: RunInput) =>
  (await run(xml, input)).flatMap(({ event, token }) => (event === 'entered' && token ? [token] : [])).join(' ')
const ending = (lines: readonly TraceLine[]) =>
  lines.filter(({ event }) => event === 'ended').map(({ status }) => status)

describe('gateways', () => {
  const exclusive = model(
    `${ends}<exclusiveGateway id="x" default="f3"/>${script('a', 'b', 'c')}`,
    `start -> x
     x -> a [\${test &gt; 1}]
     x -> b [test = "b"]
     x -> c
     a -> end
     b -> end
     c -> end`,
  )
  test.each([
    [2, 'a'],
    ['b', 'b'],
    [0, 'c'],
  ])('exclusive: with %s the way is %s', async (value, way) => {
    expect(await tokens(exclusive, { variables: { test: value } })).toBe(way)
  })

  test('parallel: all ways are taken, and the join opens once', async () => {
    const xml = model(
      `${ends}<parallelGateway id="split"/><parallelGateway id="join"/>${script('a', 'b', 'c')}`,
      `start -> split
       split -> a
       split -> b
       a -> join
       b -> join
       join -> c
       c -> end`,
    )
    expect((await tokens(xml)).split(' ')).toEqual(['a', 'b', 'c'])
    expect(ending(await run(xml))).toEqual(['completed'])
  })

  test('an exclusive split never opens a parallel join: the run is dead there', async () => {
    const xml = model(
      `${ends}<exclusiveGateway id="x"/><parallelGateway id="join"/>${script('a', 'b', 'c')}`,
      `start -> x
       x -> a
       x -> b
       a -> join
       b -> join
       join -> c
       c -> end`,
    )
    const lines = await run(xml)
    expect(ending(lines)).toEqual([])
    expect(lines.at(-1)).toMatchObject({ event: 'dead', element: 'join' })
  })

  const inclusive = model(
    `${ends}<inclusiveGateway id="split" default="f3"/><inclusiveGateway id="join"/>${script('a', 'b', 'c', 'd')}`,
    `start -> split
     split -> a [contains(test, "a")]
     split -> b [\${test.contains('b')}]
     split -> c
     a -> join
     b -> join
     c -> join
     join -> d
     d -> end`,
  )
  test.each([
    ['a', 'a d'],
    ['ab', 'a b d'],
    ['', 'c d'],
  ])('inclusive: "%s" gives %s', async (value, trace) => {
    expect(await tokens(inclusive, { variables: { test: value } })).toBe(trace)
  })

  test('inclusive join: goes on when the other token has left by a boundary event', async () => {
    const xml = model(
      `${ends}<inclusiveGateway id="split"/><inclusiveGateway id="join"/><userTask id="slow"/><endEvent id="late"/>
       <boundaryEvent id="timeout" attachedToRef="slow"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
       ${script('a', 'b')}`,
      `start -> split
       split -> a
       split -> slow
       a -> join
       slow -> join
       timeout -> late
       join -> b
       b -> end`,
    )
    const lines = await run(xml, { answers: { slow: null } })
    expect(
      lines.filter(({ event, token }) => event === 'entered' && token).map(({ token, at }) => [token, at]),
    ).toEqual([
      ['a', '1970-01-01T00:00:00.000Z'],
      ['b', '1970-01-01T01:00:00.000Z'],
    ])
    expect(ending(lines)).toEqual(['completed'])
  })

  test('inclusive join after a loop: each round is joined once', async () => {
    const xml = model(
      `${ends}<exclusiveGateway id="again" default="f7"/><exclusiveGateway id="in"/><inclusiveGateway id="split"/><inclusiveGateway id="join"/>
       <userTask id="count"/>${script('a', 'b')}`,
      `start -> in
       in -> split
       split -> a
       split -> b
       a -> join
       b -> join
       join -> count
       again -> end
       count -> again
       again -> in [rounds &lt; 2]`,
    )
    const answers = { count: [{ set: { rounds: 1 } }, { set: { rounds: 2 } }] }
    expect(await tokens(xml, { variables: { rounds: 0 }, answers })).toBe('a b a b')
  })

  const choice = model(
    `${ends}<eventBasedGateway id="wait"/>
     <intermediateCatchEvent id="paid"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent>
     <intermediateCatchEvent id="late"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>
     ${script('a', 'b')}`,
    `start -> wait
     wait -> paid
     wait -> late
     paid -> a
     late -> b
     a -> end
     b -> end`,
    '<message id="m1" name="Payment received"/>',
  )
  test.each([
    ['the message comes in time', 'PT2H', 'a'],
    ['the message comes too late', 'P2D', 'b'],
  ])('event-based: %s', async (_, after, way) => {
    expect(await tokens(choice, { messages: [{ name: 'Payment received', after }] })).toBe(way)
    expect(await tokens(choice, { messages: [{ name: 'm1', after }] })).toBe(way)
  })
})

describe('events', () => {
  test('terminate ends the other branch', async () => {
    const xml = model(
      `${ends}<parallelGateway id="split"/><userTask id="open"/><endEvent id="kill"><terminateEventDefinition/></endEvent>${script('a')}`,
      `start -> split
       split -> open
       split -> a
       open -> end
       a -> kill`,
    )
    const lines = await run(xml, { answers: { open: null } })
    expect(ending(lines)).toEqual(['completed'])
    expect(lines).toContainEqual(expect.objectContaining({ event: 'cancelled', element: 'open' }))
  })

  test('a boundary timer that does not interrupt fires again and again', async () => {
    const xml = model(
      `${ends}<userTask id="work"/><endEvent id="reminded"/>${script('remind')}
       <boundaryEvent id="each" attachedToRef="work" cancelActivity="false"><timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition></boundaryEvent>`,
      `start -> work
       work -> end
       each -> remind
       remind -> reminded`,
    )
    expect(await tokens(xml, { answers: { work: { after: 'P1D' } } })).toBe('remind remind remind')
    expect(await tokens(xml, { answers: { work: { after: 'PT90M' } } })).toBe('remind')
  })

  test('an error leaves the sub-process by the boundary that names it', async () => {
    const xml = model(
      `${ends}<subProcess id="sub"><startEvent id="s"/><endEvent id="fails"><errorEventDefinition errorRef="e1"/></endEvent><sequenceFlow id="i1" sourceRef="s" targetRef="fails"/></subProcess>
       <boundaryEvent id="other" attachedToRef="sub"><errorEventDefinition errorRef="e2"/></boundaryEvent>
       <boundaryEvent id="caught" attachedToRef="sub"><errorEventDefinition errorRef="e1"/></boundaryEvent>${script('a', 'b', 'c')}`,
      `start -> sub
       sub -> a
       other -> b
       caught -> c
       a -> end
       b -> end
       c -> end`,
      '<error id="e1" errorCode="stock"/><error id="e2" errorCode="price"/>',
    )
    expect(await tokens(xml)).toBe('c')
  })

  test('links go on where they are caught', async () => {
    const xml = model(
      `${ends}<intermediateThrowEvent id="out"><linkEventDefinition name="L"/></intermediateThrowEvent><intermediateCatchEvent id="in"><linkEventDefinition name="L"/></intermediateCatchEvent>${script('a', 'b')}`,
      `start -> a
       a -> out
       in -> b
       b -> end`,
    )
    expect(await tokens(xml)).toBe('a b')
  })

  test('signals and messages thrown in the process are caught in it; an event sub-process interrupts', async () => {
    const xml = model(
      `${ends}<intermediateThrowEvent id="cry"><signalEventDefinition signalRef="s1"/></intermediateThrowEvent>${script('a', 'b')}
       <subProcess id="alarm" triggeredByEvent="true"><startEvent id="heard"><signalEventDefinition signalRef="s1"/></startEvent>${script('c')}<sequenceFlow id="i1" sourceRef="heard" targetRef="c"/></subProcess>
       <userTask id="open"/>`,
      `start -> a
       a -> cry
       cry -> open
       open -> b
       b -> end`,
      '<signal id="s1" name="alarm"/>',
    )
    expect(await tokens(xml, { answers: { open: { after: 'PT1H' } } })).toBe('a c')
  })

  test('compensation undoes what was done, the last first', async () => {
    const undo = (of: string, by: string) =>
      `<boundaryEvent id="on_${of}" attachedToRef="${of}"><compensateEventDefinition/></boundaryEvent><scriptTask id="${by}" isForCompensation="true"><script>"${by}"</script></scriptTask><association id="l_${of}" sourceRef="on_${of}" targetRef="${by}"/>`
    const xml = model(
      `${ends}${script('book', 'pay')}${undo('book', 'unbook')}${undo('pay', 'refund')}<intermediateThrowEvent id="back"><compensateEventDefinition/></intermediateThrowEvent>${script('done')}`,
      `start -> book
       book -> pay
       pay -> back
       back -> done
       done -> end`,
    )
    expect(await tokens(xml)).toBe('book pay refund unbook done')
  })
})

describe('activities', () => {
  const inside = `<subProcess id="sub">CHARACTERISTICS<startEvent id="s"/>${script('a')}<endEvent id="e"/><sequenceFlow id="i1" sourceRef="s" targetRef="a"/><sequenceFlow id="i2" sourceRef="a" targetRef="e"/></subProcess>`
  const around = (characteristics: string) =>
    model(
      `${ends}${inside.replace('CHARACTERISTICS', characteristics)}${script('b')}`,
      `start -> sub
       sub -> b
       b -> end`,
    )

  test.each([
    ['a sub-process', '', 'a b'],
    [
      'multi-instance by number, in parallel',
      '<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>',
      'a a a b',
    ],
    [
      'multi-instance by expression, one after the other',
      '<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>#{count}</loopCardinality></multiInstanceLoopCharacteristics>',
      'a a b',
    ],
    [
      'a loop that tests before',
      '<standardLoopCharacteristics testBefore="true"><loopCondition>count &gt; 5</loopCondition></standardLoopCharacteristics>',
      'b',
    ],
    [
      'a loop that tests after',
      '<standardLoopCharacteristics loopMaximum="4"><loopCondition>count &gt; 1</loopCondition></standardLoopCharacteristics>',
      'a a a a b',
    ],
  ])('%s', async (_, characteristics, trace) => {
    expect(await tokens(around(characteristics), { variables: { count: 2 } })).toBe(trace)
  })

  test('a called process of the same document is run, and its error is caught where it was called', async () => {
    const called = `<process id="other"><startEvent id="s2"/>${script('inner')}<endEvent id="e2"><errorEventDefinition/></endEvent><sequenceFlow id="g1" sourceRef="s2" targetRef="inner"/><sequenceFlow id="g2" sourceRef="inner" targetRef="e2"/></process>`
    const xml = model(
      `${ends}<callActivity id="call" calledElement="other"/><boundaryEvent id="failed" attachedToRef="call"><errorEventDefinition/></boundaryEvent>${script('a', 'b')}`,
      `start -> call
       call -> a
       failed -> b
       a -> end
       b -> end`,
      called,
    ).replace(' isExecutable="true"', '')
    expect(await tokens(xml)).toBe('inner b')
  })

  test('a loop drawn with gateways that never ends is given up, visibly', async () => {
    const xml = model(
      `${ends}<exclusiveGateway id="x"/>`,
      `start -> x
       x -> x`,
    )
    expect((await run(xml)).at(-1)).toMatchObject({ event: 'dead', reason: 'flow.budget' })
  })
})

test('a document that is none, and one without a process, are refused', async () => {
  expect(await runBpmn('hello', {})).toMatchObject({ ok: false, error: [{ code: 'bpmn.invalid' }] })
  expect(await runBpmn(documentOf(''), {})).toMatchObject({ ok: false, error: [{ code: 'bpmn.noProcess' }] })
})
