/** The address of a visitor's page, if it is one that may be a link; `shown` says where it leads. */
export function parsePageAddress(url: string): { href: string; shown: string } | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href, host, pathname, username, password } = new URL(url);
  if (!/^https?:$/.test(protocol) || username || password) return null;
  return { href, shown: pathname === '/' ? host : host + pathname };
}
