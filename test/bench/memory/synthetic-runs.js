// Episodes with the statistics of recorded ones, as many as wanted. What is visited follows Zipf's law without an end:
// the r-th most visited state has a share of r^-1.2 (recorded, 100 episodes of 60 turns each: 1.03 for jitrl on tide,
// 1.27 for jitrl on zork1, 1.00 for static on detective; distinct states grew with the 0.4th to 0.7th power of the steps,
// here with the 0.83rd, so there are more of them to look through). A state is a room with what is to be seen there, some
// things held and the last three verbs: 8 to 40 tokens, each drawn by Zipf's law too, the commonest in half of all states,
// as recorded.

const EXPONENT = 1.2
const ROOMS = 400
const THINGS = 300
const VERBS = 60
/** Made once: otherwise making them would take longer than remembering them. */
const KEPT = 100_000
const kept = new Map()

/** `real`: as above. `hard`: all states share 32 of their 40 tokens. */
export const distributions = { real, hard }

/** A source of numbers from 0 to below 1, the same for the same seed. */
function random(seed) {
  let state = (Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) >>> 0) + 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** The tokens of a state that a player comes upon. */
function real(next) {
  const rank = Math.min(2 ** 31, Math.floor((1 - next()) ** (-1 / (EXPONENT - 1))))
  if (rank > KEPT) return stateOfRank(rank)
  if (!kept.has(rank)) kept.set(rank, stateOfRank(rank))
  return kept.get(rank)
}

function stateOfRank(rank) {
  const next = warmed(rank)
  const room = zipf(next, ROOMS)
  const look = warmed(1_000_000 + room)
  const tokens = new Set([`at:${room}`, `at:${room % 37}`])
  for (let seen = 2 + Math.floor(look() * 12); seen > 0; seen--) tokens.add(`sees:${zipf(look, THINGS)}`)
  for (let held = Math.floor(next() * 20); held > 0; held--) tokens.add(`has:${zipf(next, THINGS)}`)
  for (let verbs = 0; verbs < 3; verbs++) tokens.add(`did:${zipf(next, VERBS)}`)
  for (let filler = 0; tokens.size < 8; filler++) tokens.add(`sees:${room}.${filler}`)
  return [...tokens]
}

function hard(next) {
  const tokens = Array.from({ length: 32 }, (_, at) => `all:${at}`)
  const own = new Set()
  while (own.size < 8) own.add(`own:${zipf(next, 60)}`)
  return [...tokens, ...own]
}

/** 1 to n, each as likely as one over itself. */
function zipf(next, n) {
  return Math.floor(Math.exp(next() * Math.log(n + 1)))
}

/** Neighbouring seeds start alike. */
function warmed(seed) {
  const next = random(seed)
  for (let i = 0; i < 4; i++) next()
  return next
}

/** `steps` experiences in episodes of sixty. */
export function* episodes(distribution, steps, seed = 1) {
  const next = warmed(seed)
  const state = () => {
    const tokens = distribution(next)
    const key = tokens.join(' ')
    return { key, situation: key.replace(/ did:\d+/g, ''), tokens }
  }
  for (let episode = 1, left = steps; left > 0; episode++) {
    const length = Math.min(60, left)
    left -= length
    yield {
      run: 'synthetic',
      episode,
      gameSeed: episode,
      score: 0,
      terminated: false,
      victory: false,
      steps: Array.from({ length }, () => ({
        state: state(),
        action: `command ${zipf(next, 300)}`,
        reward: next() < 0.03 ? 5 : 0,
        terminated: false,
      })),
      finalState: state(),
    }
  }
}
