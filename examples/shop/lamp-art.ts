import { type Html, html } from './html.ts';

export type LampKind = 'dune' | 'heron' | 'meridian' | 'bell';

/** Drawn by hand on a grid of 200; the classes take their colours from goods.css, in light and in dark. */
const drawings: Record<LampKind, Html> = {
  dune: html`
    <ellipse class="pool" cx="100" cy="164" rx="76" ry="9" />
    <path class="beam" d="M52 92 L20 164 H180 L148 92 Z" />
    <path class="cord" d="M120 162 Q150 154 162 166 T200 160" />
    <path class="metal" d="M96 92 H104 V150 H96 Z" />
    <path class="wood" d="M74 150 Q100 140 126 150 L130 164 H70 Z" />
    <path class="shade" d="M64 46 Q100 34 136 46 L158 94 Q100 104 42 94 Z" />
    <path class="fold" d="M82 43 L72 98 M100 41 V100 M118 43 L128 98" />`,
  heron: html`
    <ellipse class="pool" cx="134" cy="166" rx="52" ry="7" />
    <path class="beam" d="M120 82 L92 166 H178 L150 70 Z" />
    <path class="line" d="M62 158 L50 96 L112 46 L132 60" />
    <circle class="joint" cx="50" cy="96" r="6" /><circle class="joint" cx="112" cy="46" r="6" />
    <path class="shade" d="M124 44 L156 66 Q146 90 112 86 Q112 60 124 44 Z" />
    <path class="metal" d="M40 158 H84 Q90 158 90 166 H34 Q34 158 40 158 Z" />`,
  meridian: html`
    <ellipse class="pool" cx="142" cy="170" rx="44" ry="6" />
    <path class="beam" d="M118 74 L98 170 H186 L166 74 Z" />
    <path class="line" d="M52 166 V86 Q54 26 106 26 Q142 26 142 52" />
    <path class="shade" d="M142 44 Q170 46 174 78 H110 Q114 46 142 44 Z" />
    <path class="metal" d="M30 166 H74 V172 H30 Z" />`,
  bell: html`
    <ellipse class="pool" cx="100" cy="172" rx="66" ry="7" />
    <path class="beam" d="M62 112 L34 172 H166 L138 112 Z" />
    <path class="cord" d="M100 0 V52" />
    <path class="wood" d="M92 46 H108 V62 H92 Z" />
    <path class="shade" d="M100 58 Q140 62 146 116 Q100 128 54 116 Q60 62 100 58 Z" />
    <path class="fold" d="M74 74 Q66 90 66 112" />`,
};

/** Decoration beside its name in text, so assistive technology passes it by. */
export const lampArt = (kind: LampKind): Html =>
  html`<svg class="art" viewBox="0 0 200 180" aria-hidden="true">${drawings[kind]}</svg>`;
