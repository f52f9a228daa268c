import type { Pass } from './conversation.ts';

/** One entry an agent, the latest. */
export const passed = (passes: readonly Pass[], pass: Pass): readonly Pass[] => [
  ...passes.filter((earlier) => earlier.agent !== pass.agent),
  pass,
];
