import type { ReactElement } from 'react'
import { layOutRooms } from './room-layout.ts'
import { joinMaps, type RoomMap } from './room-map.ts'
import { mapNote, RoomMapChart, type RoomMapChartProps } from './room-map-chart.tsx'
import type { DigestedRun } from './run-digest.ts'
import type { Series } from './series.ts'

export interface PolicyMap extends RoomMapChartProps {
  readonly policy: string
}

/** The map that each policy found over its seeds, all in one layout; policies that never saw a room's name have none. */
export function policyMaps(
  policies: readonly Series[],
  runs: readonly DigestedRun[],
  title: string,
): readonly PolicyMap[] {
  const layout = layOutRooms(joinMaps(runs.map(({ digest }) => digest.map)))
  return policies
    .map(({ policy, colour }) => ({
      policy,
      colour,
      layout,
      map: joinMaps(runs.filter(({ config }) => config.policy.name === policy).map(({ digest }) => digest.map)),
      description: `The map of ${title} that ${policy} found.`,
    }))
    .filter(({ map }) => map.rooms.length > 0)
}

/** The first policy's map in full, those of the others folded away. */
export function FoundMaps({ maps }: { readonly maps: readonly PolicyMap[] }): ReactElement {
  const [first, ...others] = maps
  if (first === undefined) return <p className="note">The story names no room that could be drawn.</p>
  return (
    <>
      <figure className="found">
        <p className="map-title">{counted(first)}</p>
        <div className="scroll">
          <RoomMapChart {...first} />
        </div>
        <figcaption>{mapNote(first.map)}</figcaption>
      </figure>
      {others.map((one) => (
        <details key={one.policy} className="other-map">
          <summary>{counted(one)}</summary>
          <div className="scroll">
            <RoomMapChart {...one} />
          </div>
        </details>
      ))}
    </>
  )
}

function counted({ policy, map }: { readonly policy: string; readonly map: RoomMap }): string {
  return `${policy}: ${map.rooms.length === 1 ? '1 room' : `${map.rooms.length} rooms`}`
}
