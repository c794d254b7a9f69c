// A Bluesky network for the tests: the directory of accounts, a server (PDS) and the application view, on loopback.
// One line of JSON tells where they listen. Then each line on stdin ("process") waits until everything written so far
// has reached the application view, and is answered with a line; the end of stdin is the end of the network.
import readline from 'node:readline'
import { TestNetwork, mockMailer } from '@atproto/dev-env'

const say = (value) => process.stdout.write(JSON.stringify(value) + '\n')
console.log = console.info = () => {} // stdout is for the tests only

const [plc, pds, bsky] = process.argv.slice(2).map(Number)
const network = await TestNetwork.create({
  plc: { port: plc },
  pds: { port: pds, hostname: 'localhost', enableDidDocWithSession: true },
  bsky: { port: bsky, publicUrl: `http://localhost:${bsky}` },
})
mockMailer(network.pds)
say({ directory: network.plc.url, server: network.pds.url, appview: network.bsky.url })

for await (const line of readline.createInterface({ input: process.stdin })) {
  try {
    await network.processAll()
    say({ done: line })
  } catch (error) {
    say({ failed: String(error) })
  }
}
setTimeout(() => process.exit(0), 5000).unref()
await network.close()
process.exit(0)
