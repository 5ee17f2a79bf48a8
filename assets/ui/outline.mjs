// Draws the window's icons from Lucide's: every stroke becomes a filled shape,
// because the window toolkit recolours fills and drops strokes.
//
//   npm install lucide-static@1.62.0 canvaskit-wasm
//   node outline.mjs
//
// names.json says which Lucide icon stands behind which of our names.
import fs from 'fs'
import path from 'path'
import { createRequire } from 'module'

const require = createRequire(import.meta.url)
const here = path.dirname(new URL(import.meta.url).pathname)
const kit = path.dirname(require.resolve('canvaskit-wasm/bin/full/canvaskit.js'))
const lucide = path.join(path.dirname(require.resolve('lucide-static/package.json')), 'icons')
const canvas = await require('canvaskit-wasm/bin/full/canvaskit.js')({ locateFile: f => path.join(kit, f) })

const number = (attrs, key, otherwise = 0) => attrs[key] === undefined ? otherwise : parseFloat(attrs[key])

function ellipse(cx, cy, rx, ry) {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`
}

function rectangle(a) {
  const x = number(a, 'x'), y = number(a, 'y'), w = number(a, 'width'), h = number(a, 'height')
  const rx = number(a, 'rx', number(a, 'ry')), ry = number(a, 'ry', rx)
  if (!rx) return `M${x} ${y}h${w}v${h}h${-w}z`
  const corner = (ex, ey) => `A${rx} ${ry} 0 0 1 ${ex} ${ey}`
  return `M${x + rx} ${y}H${x + w - rx}${corner(x + w, y + ry)}V${y + h - ry}${corner(x + w - rx, y + h)}` +
    `H${x + rx}${corner(x, y + h - ry)}V${y + ry}${corner(x + rx, y)}z`
}

function outline(kind, a) {
  switch (kind) {
    case 'path': return a.d
    case 'circle': return ellipse(number(a, 'cx'), number(a, 'cy'), number(a, 'r'), number(a, 'r'))
    case 'ellipse': return ellipse(number(a, 'cx'), number(a, 'cy'), number(a, 'rx'), number(a, 'ry'))
    case 'line': return `M${a.x1} ${a.y1}L${a.x2} ${a.y2}`
    case 'polyline': return 'M' + a.points
    case 'polygon': return 'M' + a.points + 'z'
    case 'rect': return rectangle(a)
  }
}

const names = JSON.parse(fs.readFileSync(path.join(here, 'names.json')))
for (const [name, from] of Object.entries(names)) {
  const svg = fs.readFileSync(path.join(lucide, from + '.svg'), 'utf8')
  let shapes = ''
  for (const [, kind, rest] of svg.matchAll(/<(path|circle|rect|line|polyline|polygon|ellipse)\b([^>]*?)\/>/gs)) {
    const attrs = Object.fromEntries([...rest.matchAll(/([\w-]+)="([^"]*)"/g)].map(m => [m[1], m[2]]))
    const line = canvas.Path.MakeFromSVGString(outline(kind, attrs))
    if (!line) throw new Error(`read a ${kind} of ${from}: not a path`)
    let shape = line.makeStroked({ width: 2, cap: canvas.StrokeCap.Round, join: canvas.StrokeJoin.Round, precision: 8 })
    if (attrs.fill === 'currentColor') shape = canvas.Path.MakeFromOp(shape, line, canvas.PathOp.Union)
    const d = shape.toSVGString().replace(/-?\d+\.\d+(e-?\d+)?/g, x => String(Math.round(parseFloat(x) * 1000) / 1000))
    shapes += `  <path d="${d}"/>\n`
  }
  fs.writeFileSync(path.join(here, name + '.svg'),
    `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">\n${shapes}</svg>\n`)
}
