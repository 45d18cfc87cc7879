import type { Policy } from './contracts.ts'

/** A policy that plays by what it knows and learns nothing more: no step and no end reaches it. */
export function frozen(policy: Policy): Policy {
  return {
    info: { ...policy.info, parameters: { ...policy.info.parameters, frozen: true } },
    begin: (episode) => policy.begin(episode),
    decide: (view, rng) => policy.decide(view, rng),
    observe() {},
    end() {},
  }
}
