import { signVisitor } from '@balie/widget/sign';
import type { Customer } from './customers.ts';
import type { Settings } from './settings.ts';

/**
 * What Balie may know of a signed-in customer, signed where the secret is. The thumbprint names the key of this one
 * browser, so that the token is worthless in any other.
 */
export async function balieToken(customer: Customer, thumbprint: string, settings: Settings): Promise<string> {
  return signVisitor(
    {
      subject: customer.id,
      variables: { name: customer.name, email: customer.email, customer_number: customer.number },
      thumbprint,
    },
    { kid: settings.keyId, site: settings.site, secret: settings.secret },
  );
}
