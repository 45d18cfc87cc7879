/**
 * Runs `action` for a wish: at once when it was not run lately, else as soon as the time is over, once for all wishes
 * until then. The time counts from the end of the last run, so that a slow action leaves room for others.
 */
export function atMostEvery(milliseconds: number, action: () => void): { wish: () => void; cancel: () => void } {
  let last = -Infinity
  let timer: NodeJS.Timeout | undefined
  const run = () => {
    timer = undefined
    action()
    last = performance.now()
  }
  return {
    wish() {
      if (timer) return
      const wait = last + milliseconds - performance.now()
      if (wait <= 0) run()
      else timer = setTimeout(run, wait)
    },
    cancel() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
