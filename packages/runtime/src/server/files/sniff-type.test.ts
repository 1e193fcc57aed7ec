import { describe, expect, test } from 'vitest'
import { classOf, sniffType } from './sniff-type.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))

describe('the content says what a file is', () => {
  test.each([
    ['a PNG named page.html', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]), 'page.html', 'image/png'],
    ['a page named photo.png', bytes('<html><script>alert(1)</script>'), 'photo.png', 'text/plain'],
    ['an SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">'), 'x.svg', 'text/plain'],
    ['a PDF', bytes('%PDF-1.7'), 'x', 'application/pdf'],
    ['a JPEG', bytes([0xff, 0xd8, 0xff, 0xe0]), 'x.exe', 'image/jpeg'],
    [
      'an Office document',
      bytes('PK', [3, 4], 'xxxx[Content_Types].xml'),
      'offer.docx',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    ['a zip that calls itself one', bytes('PK', [3, 4], 'evil.js'), 'offer.docx', 'application/zip'],
    ['WebP', bytes('RIFF', [1, 0, 0, 0], 'WEBP'), 'x', 'image/webp'],
    ['a program', bytes([0x7f], 'ELF', [2, 1, 1, 0]), 'notes.txt', 'application/octet-stream'],
    ['Chinese text', Buffer.from('你好，世界'), 'x', 'text/plain'],
    ['nothing', Buffer.alloc(0), 'x', 'text/plain'],
  ])('%s', (_, head, name, type) => expect(sniffType(head, name)).toBe(type))
})

test("classes of a form's accept", () => {
  expect(
    ['image/png', 'application/pdf', 'application/msword', 'application/zip', 'application/octet-stream'].map(classOf),
  ).toEqual(['image', 'pdf', 'office', 'archive', undefined])
})
