import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { MapTiles } from '../../config.ts'
import { TenonError } from '../../tenon-error.ts'
import type { Http } from '../server.ts'
import { pagePolicy } from './security.ts'

/** Built pages: the folder and the address they live under. */
export type Page = { readonly prefix: '/' | '/design/'; readonly folder: string }

const page = { resource: 'page', action: 'read', audience: 'anyone' } as const
const schema = { querystring: Type.Unknown(), response: { 200: Type.Unknown() } }
const asset = { ...schema, params: Type.Object({ '*': Type.String() }) }

/**
 * Serves the built pages: hashed assets for ever, and the page itself for every address that is not the API's, so that
 * deep links work. Styles made at run time carry the nonce of the page's meta tag `csp-nonce`.
 */
export async function servePages(app: Http, pages: readonly Page[], tiles: MapTiles | undefined): Promise<void> {
  await app.register(fastifyStatic, { root: '/', serve: false, cacheControl: false })
  for (const { prefix, folder } of pages) {
    if (!existsSync(join(folder, 'index.html'))) continue
    const html = withTiles(readFileSync(join(folder, 'index.html'), 'utf8'), tiles)
    const pictures = tiles ? [originOf(tiles.url)] : []
    app.get(`${prefix}assets/*`, { config: page, schema: asset, exposeHeadRoute: true }, (request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .sendFile((request.params as { '*': string })['*'], join(folder, 'assets')),
    )
    app.get(`${prefix}*`, { config: page, schema: asset, exposeHeadRoute: true }, (request, reply) => {
      const rest = (request.params as { '*': string })['*']
      if (prefix === '/' && isApi(rest)) throw new TenonError('request.notFound')
      const isFile = /^[\w-]+(\.[\w-]+)+$/.test(rest) && rest !== 'index.html' && existsSync(join(folder, rest))
      return isFile ? reply.sendFile(rest, folder) : sendPage(reply, html, pictures)
    })
    if (prefix === '/design/')
      app.get('/design', { config: page, schema, exposeHeadRoute: true }, (_request, reply) =>
        sendPage(reply, html, pictures),
      )
  }
}

const isApi = (rest: string) => /^(api|healthz|readyz|metrics|schemas)(\/|$)/i.test(rest)

/** Tells the page where its maps get their pictures from. */
const withTiles = (html: string, tiles: MapTiles | undefined): string =>
  tiles === undefined
    ? html
    : html.replace(
        '<head>',
        () =>
          `<head><meta name="map-tiles" content="${attribute(tiles.url)}" data-credit="${attribute(tiles.credit)}">`,
      )
const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
/** `{s}` stands for one of several hosts. */
const originOf = (url: string): string => new URL(url.replace('{s}.', 'wildcard.')).origin.replace('wildcard.', '*.')

function sendPage(reply: FastifyReply, html: string, pictures: readonly string[]) {
  const nonce = randomBytes(16).toString('base64')
  const text = html
    .replace('<head>', `<head><meta property="csp-nonce" nonce="${nonce}">`)
    .replaceAll('<style>', `<style nonce="${nonce}">`)
  return reply
    .header('content-security-policy', pagePolicy(nonce, pictures))
    .type('text/html; charset=utf-8')
    .send(text)
}
