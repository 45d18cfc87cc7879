/** A story that can be fetched: where from, which bytes it must be, and on what terms. */
export interface Download {
  readonly id: string
  readonly title: string
  /** SHA-256 over the story's own length, so that padding does not matter. */
  readonly sha256: string
  /** Pinned to a commit; tried in this order. */
  readonly urls: readonly string[]
  readonly licence: string
  /** Whether anybody may use and pass it on; the others are for personal use, if at all. */
  readonly isFree: boolean
}

/** One file of a GitHub repository at one commit, by the two ways to it. */
function onGitHub(repository: string, commit: string, path: string): readonly string[] {
  return [
    `https://raw.githubusercontent.com/${repository}/${commit}/${path}`,
    `https://github.com/${repository}/raw/${commit}/${path}`,
  ]
}

/** The stories that Jericho is evaluated on, as its authors' repository has them. */
function inSuite(file: string): readonly string[] {
  return onGitHub('BYU-PCCL/z-machine-games', 'bfd7544aa1f50549fc327bd4eb3bc8144bfd80ea', `jericho-game-suite/${file}`)
}

const personal = (id: string, title: string, file: string, sha256: string, licence: string): Download => {
  return { id, title, sha256, urls: inSuite(file), licence, isFree: false }
}

/** Hashes, sources and terms as they were read from the files and their repositories in November 2026. */
export const DOWNLOADS: readonly Download[] = [
  {
    id: 'zork1-r119',
    title: 'Zork I, release 119',
    sha256: '37084966477dff679282de42974b2077156b1bd68fad92a65d4ea94d8eb64d79',
    urls: onGitHub('historicalsource/zork1', '97b7b3d68c075dd9af7da499c3e9690ada3471fd', 'COMPILED/zork1.z3'),
    licence: 'MIT, (c) 2025 Microsoft',
    isFree: true,
  },
  personal(
    'zork1',
    'Zork I',
    'zork1.z5',
    '158f1f63b1302591bbce30e1ec23b17909d2a66e39403ed14593a75280b1e7f9',
    'Infocom, commercial; no licence for this file',
  ),
  personal(
    'zork2',
    'Zork II',
    'zork2.z5',
    '39e3a8bda879e9296ac05c8bdcdae12a1a6fb447a1ef531838e82cfa2db210ac',
    'Infocom, commercial; no licence for this file',
  ),
  personal(
    'zork3',
    'Zork III',
    'zork3.z5',
    '62ced461c650265ea55b17e7f0e368724e0b43bf92af6f1a3d566e82c7608be2',
    'Infocom, commercial; no licence for this file',
  ),
  personal(
    'library',
    'All Quiet on the Library Front',
    'library.z5',
    'df82748cb949801c336b7765310165a4e292a191685bdba54b67f2b29f6d23ff',
    'free to pass on unchanged, by its author',
  ),
  personal(
    'balances',
    'Balances',
    'balances.z5',
    'b21a405597b1988ac1726fe143dbd1c9076f27f450885bb8f0080f8e0cac7b2a',
    '(c) Graham Nelson; free to pass on unchanged and without profit',
  ),
  personal(
    'detective',
    'Detective',
    'detective.z5',
    'fbf3a0c9e566f2322e00af036af3756465c7acdcd73b2dcd34e7ead05d251b3e',
    '(c) 2000 M. Barringer and S. Moore; no licence stated',
  ),
  personal(
    'temple',
    'The Temple',
    'temple.z5',
    'dffea77ceabddfba1354a405ae5d3cf2f244ee937806cdbaf84cdcba00959f1e',
    'free to pass on unchanged and without profit, by its author',
  ),
  personal(
    'ludicorp',
    'The Ludicorp Mystery',
    'ludicorp.z5',
    'd1745be6beba0e74830d9ed0af9928aea10c5a2a345e5a68ff06db7d40f041c3',
    'no licence stated; the IF Archive allows personal use',
  ),
  personal(
    'pentari',
    'Pentari: First Light',
    'pentari.z5',
    '19cf3c8b2a6e4eb7c82391db7bafc8a6dd07ba4874897e741de100e1df9d875c',
    '(c) 1998 H. A. Sherman, all rights reserved',
  ),
  personal(
    'deephome',
    'Deephome',
    'deephome.z5',
    '6429e2b7d33d8a1496dae8c090529f43387f0e8915b5699aaffbb23c14e627f4',
    'no licence stated; the IF Archive allows personal use',
  ),
  personal(
    'ztuu',
    'Zork: The Undiscovered Underground',
    'ztuu.z5',
    'cb93836749bcf3fdc5d816538db217f8612f6df1147ff0eb5fc3aabd60bcf1d8',
    '(c) 1997 Activision; no licence stated',
  ),
  personal(
    'anchor',
    'Anchorhead',
    'anchor.z8',
    'd2b6b44e96cfdda0f83999d6bc631973721d2e3ed7be910bc7d60f143ce5f34d',
    'freeware, by its author; no terms stated',
  ),
  personal(
    'trinity',
    'Trinity',
    'trinity.z4',
    '367a95f056ac7ae00e0f73230c9c3e0e4ab24a06ff775b66cc42765d42491bc0',
    'Infocom, commercial; no licence',
  ),
  personal(
    'enchanter',
    'Enchanter',
    'enchanter.z3',
    '78645d1fa00856e14eb452f7b54ea2954b329cd77bf3852fd511797c29a1be5d',
    'Infocom, commercial; no licence',
  ),
  personal(
    '905',
    '9:05',
    '905.z5',
    'de23edb34c38ac8e9bf831f33b358d89a9093fcc84941dba0997194786cd1a7d',
    'no licence stated; the IF Archive allows personal use',
  ),
  personal(
    'inhumane',
    'Inhumane',
    'inhumane.z5',
    'c8c468e9de912d53c468e6620f133fef827f8078f8f8beae7084e532cbd29e19',
    'no licence stated; the IF Archive allows personal use',
  ),
  personal(
    'acorncourt',
    'The Acorn Court',
    'acorncourt.z5',
    '8e6095022d23bd3f4d984be4a5d91206257b6de707b1260a34242b7eefb90a5d',
    'no licence stated; the IF Archive allows personal use',
  ),
]
