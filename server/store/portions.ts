const portion = 500;

/** Neither database takes any number of parameters in one statement. */
export function* portions<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let from = 0; from < items.length; from += portion) yield items.slice(from, from + portion);
}
