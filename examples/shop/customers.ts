export interface Customer {
  readonly id: string;
  readonly first: string;
  readonly name: string;
  readonly email: string;
  readonly number: string;
}

export const customers: readonly Customer[] = [
  { id: 'ada', first: 'Ada', name: 'Ada Lovelace', email: 'ada@lovelace.example', number: 'G-18151' },
  { id: 'ben', first: 'Ben', name: 'Ben Carter', email: 'ben@carter.example', number: 'G-20473' },
];

export const customerById = (id: string) => customers.find((customer) => customer.id === id) ?? null;
