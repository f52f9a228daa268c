import type { LampKind } from './lamp-art.ts';

export interface Lamp {
  readonly slug: LampKind;
  readonly name: string;
  readonly kind: string;
  readonly price: string;
  readonly line: string;
  readonly story: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

export const lamps: readonly Lamp[] = [
  {
    slug: 'dune',
    name: 'Dune',
    kind: 'Table lamp',
    price: '€ 129',
    line: 'A low, wide glow for the end of the table.',
    story:
      'A shade of folded paper felt on a turned ash foot. Dune throws its light down and sideways, so that you see your plate and each other, and nobody looks into a bulb.',
    facts: [
      ['Light', '470 lm, 2700 K, dims to 1 %'],
      ['Height', '34 cm'],
      ['Made of', 'Ash, paper felt, brass'],
      ['Repair', 'Every part sold apart for 20 years'],
    ],
  },
  {
    slug: 'heron',
    name: 'Heron',
    kind: 'Desk lamp',
    price: '€ 189',
    line: 'Stands on one leg and goes where you point it.',
    story:
      'Two springs, three joints, no plastic. Heron keeps its place within a millimetre, and its head turns all the way round, because the best light for drawing comes over your shoulder.',
    facts: [
      ['Light', '620 lm, 2700–4000 K'],
      ['Reach', '78 cm'],
      ['Made of', 'Powder-coated steel'],
      ['Repair', 'Springs and joints come with a spanner'],
    ],
  },
  {
    slug: 'meridian',
    name: 'Meridian',
    kind: 'Floor lamp',
    price: '€ 349',
    line: 'A thin arc that reads along with you.',
    story:
      'One bent tube from floor to shade. Meridian stands behind the chair and ends above the book; its foot is heavy enough for cats.',
    facts: [
      ['Light', '806 lm, 2700 K'],
      ['Height', '196 cm'],
      ['Made of', 'Steel tube, spun aluminium'],
      ['Repair', 'Flat packed, and unpacked again in ten minutes'],
    ],
  },
  {
    slug: 'bell',
    name: 'Bell',
    kind: 'Pendant lamp',
    price: '€ 219',
    line: 'Mouth-blown glass above the kitchen table.',
    story:
      'Blown in Leerdam, each a little different. Bell hangs from three metres of woven cord, and its height is set with one hand.',
    facts: [
      ['Light', '806 lm, 2700 K'],
      ['Width', '28 cm'],
      ['Made of', 'Opal glass, oak, linen cord'],
      ['Repair', 'Glass replaced at cost, for ever'],
    ],
  },
];

export const lampBySlug = (slug: string) => lamps.find((lamp) => lamp.slug === slug) ?? null;
