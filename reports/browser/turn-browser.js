// The only script of the page, and part of it: it fetches nothing, and puts texts into the page as texts alone. What it
// reads is written by reports/turn-archive.ts.
;(() => {
  const $ = (id) => document.getElementById(`tb-${id}`)
  const archive = JSON.parse($('archive').content.textContent)
  const unpacked = new Map()
  let texts = []
  let here = { run: 0, index: 0, turn: 1 }
  // What was asked for last: what was asked for before and is unpacked later must not take its place.
  let asked = 0

  function unpack(base64) {
    if (!unpacked.has(base64)) unpacked.set(base64, inflate(base64))
    return unpacked.get(base64)
  }

  async function inflate(base64) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
    return JSON.parse(await new Response(stream).text())
  }

  function element(name, text, className) {
    const made = document.createElement(name)
    if (text !== undefined) made.textContent = text
    if (className) made.className = className
    return made
  }

  function options(select, labels) {
    select.replaceChildren(...labels.map(([label, value]) => new Option(label, value)))
  }

  const minus = (text) => text.replace('-', '\u2212')
  const points = (number) => minus(String(number))
  const decimals = (number, places) => minus(number.toFixed(places))
  const counted = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`

  /** A link to another turn of the same run. */
  function turnLink(episode, turn) {
    const link = element('a', `episode ${episode}, turn ${turn}`)
    link.href = `#turn-${here.run}-${episode}-${turn}`
    return link
  }

  function situation(story, at) {
    const parts = [texts[story.location[at]], texts[story.inventory[at]] && `carrying ${texts[story.inventory[at]]}`]
    if (story.score[at] !== null) parts.push(minus(counted(story.score[at], 'point')))
    return parts.filter(Boolean).join(' · ')
  }

  function choice(story, turn) {
    const command = texts[story.command[turn]]
    const chosen = texts[story.chosen[turn]]
    const otherwise = texts[story.static[turn]]
    const line = element('p', undefined, 'choice')
    line.append(element('kbd', `> ${command}`))
    const reward = story.reward[turn]
    if (reward !== 0) line.append(element('strong', ` ${reward > 0 ? '+' : ''}${points(reward)}`))
    if (command !== chosen) line.append(` given by a person; the policy had chosen “${chosen}”.`)
    else if (chosen === otherwise) line.append(' Static would have done the same.')
    else line.append(' Static would have done ', element('kbd', otherwise), ' with the same draw.')
    return line
  }

  function bar(perMille) {
    const cell = element('td', decimals(perMille / 1000, 3), 'number bar')
    cell.style.setProperty('--share', `${perMille / 10}%`)
    return cell
  }

  function candidateRow(row, story, turn) {
    const [command, prior, q, advantage, probability, visits] = row
    const line = element('tr')
    const name = element('th', texts[command])
    name.scope = 'row'
    if (command === story.chosen[turn]) name.append(element('span', 'chosen', 'mark'))
    if (command === story.static[turn]) name.append(element('span', 'static', 'mark quiet'))
    line.append(
      name,
      bar(prior),
      element('td', visits === 0 ? '–' : String(visits), 'number'),
      element('td', q === null ? '–' : decimals(q / 100, 2), 'number'),
      element('td', decimals(advantage / 1000, 3), 'number'),
      bar(probability),
    )
    return line
  }

  /** What was seen to follow some commands from this very situation. */
  function seen(rows) {
    return rows.flatMap(([command, , , , , , memories]) =>
      (memories || []).map(([episode, turn, next, reward]) => {
        const item = element('li')
        item.append(
          element('kbd', texts[command]),
          ' earned ',
          `${points(reward)} and led to ${texts[next] || 'the end'} (`,
        )
        item.append(turnLink(episode, turn), ')')
        return item
      }),
    )
  }

  function neighbours(list) {
    return list.map(([episode, turn, command, similarity, earned]) => {
      const item = element('li')
      item.append(element('kbd', texts[command]), ` returned ${decimals(earned / 100, 2)}, similarity `)
      item.append(`${decimals(similarity / 1000, 2)} (`, turnLink(episode, turn), ')')
      return item
    })
  }

  function showTable(story, table, turn) {
    $('table').hidden = !table
    $('missing').hidden = Boolean(table)
    if (!table) return
    $('rows').replaceChildren(...table.rows.map((row) => candidateRow(row, story, turn)))
    const [left, perMille] = table.left
    const more =
      left === 0 ? '' : ` ${counted(left, 'less likely command')} left out, together ${decimals(perMille / 1000, 3)}.`
    $('value').textContent = `Value of the situation: ${decimals(table.value / 100, 2)} points.${more}`
    const memories = [...neighbours(table.neighbours), ...seen(table.rows)]
    $('memories').replaceChildren(...memories)
    $('memories-title').hidden = memories.length === 0
  }

  async function show() {
    const request = ++asked
    const run = archive.runs[here.run]
    const episode = run.episodes[here.index]
    const parts = [episode.story, archive.texts[run.texts], episode.tables]
    const [story, ofRun, tables] = await Promise.all(parts.map((part) => part && unpack(part)))
    if (request !== asked) return
    texts = ofRun
    $('absent').hidden = true
    const turns = story.command.length
    here.turn = Math.max(1, Math.min(here.turn, turns))
    const turn = here.turn - 1
    $('run').value = here.run
    $('episode').value = here.index
    $('turn').max = turns
    $('turn').value = here.turn
    $('turn-number').textContent = `${here.turn} of ${turns}`
    $('where').textContent = situation(story, turn)
    $('before').textContent = texts[story.text[turn]]
    $('choice').replaceChildren(turns === 0 ? element('p', 'No turn was played.') : choice(story, turn))
    $('after').textContent = texts[story.text[turn + 1]] ?? ''
    showTable(story, tables?.[turn], turn)
  }

  function chooseRun(run) {
    here = { run, index: 0, turn: 1 }
    const { episodes } = archive.runs[run]
    const best = Math.max(...episodes.map(({ score }) => score))
    here.index = episodes.findIndex(({ score }) => score === best)
    options(
      $('episode'),
      episodes.map(({ episode, score, tables }, index) => [
        `${episode}: ${minus(counted(score, 'point'))}${tables ? '' : ' (text only)'}`,
        index,
      ]),
    )
  }

  /** #turn-RUN-EPISODE-TURN */
  async function follow() {
    const [, run, episode, turn] = (/^#turn-(\d+)-(\d+)-(\d+)$/.exec(location.hash) ?? []).map(Number)
    if (!archive.runs[run]) return
    const { label, episodes } = archive.runs[run]
    const index = episodes.findIndex((one) => one.episode === episode)
    if (index >= 0) {
      chooseRun(run)
      here = { run, index, turn }
      await show()
    }
    $('absent').hidden = index >= 0
    $('absent').textContent = `Episode ${episode} of ${label} was left out for size.`
    $('browser').scrollIntoView()
  }

  function step(turns) {
    here.turn += turns
    show()
  }

  async function start() {
    // A run of which nothing fits on the page cannot be chosen.
    const shown = archive.runs
      .map(({ label }, run) => [label, run])
      .filter(([, run]) => archive.runs[run].episodes.length > 0)
    if (shown.length === 0) return
    options($('run'), shown)
    $('run').onchange = () => {
      chooseRun(Number($('run').value))
      show()
    }
    $('episode').onchange = () => {
      here = { ...here, index: Number($('episode').value), turn: 1 }
      show()
    }
    $('turn').oninput = () => {
      here.turn = Number($('turn').value)
      show()
    }
    $('back').onclick = () => step(-1)
    $('on').onclick = () => step(1)
    window.onhashchange = follow
    $('browser').hidden = false
    chooseRun(shown[0][1])
    await show()
    follow()
  }

  if (typeof DecompressionStream === 'undefined') $('old').hidden = false
  else start()
})()
