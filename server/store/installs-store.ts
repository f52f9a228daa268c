import type { TokenCheck } from '../../protocol/codes.ts';
import type { OrganizationId, SiteId } from '../../protocol/ids.ts';

/** That pages of an origin load the script. */
export interface Sighting {
  readonly origin: string;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What was wrong with a token; never the token, nor anything that stood in it but a variable's name. */
export interface RefusedToken {
  readonly at: number;
  readonly check: TokenCheck;
  readonly detail: string;
}

/** How the script and the tokens of a site do in the wild, for who installs them. */
export interface Installs {
  /** Of every site that lists this origin. */
  seen(origin: string, at: number): Promise<void>;
  sightings(organization: OrganizationId, site: SiteId): Promise<Sighting[]>;
  /** The oldest beyond a few dozen are forgotten. */
  refused(organization: OrganizationId, site: SiteId, token: RefusedToken): Promise<void>;
  /** The newest first. */
  refusedTokens(organization: OrganizationId, site: SiteId): Promise<RefusedToken[]>;
}
