/** A partner's plans and customers, written as the files that `partner-panel import` reads. */

export const plans = [
  'code,name,display_name,rank,currency,price_month,price_year,limit.Seats,limit.Projects,limit.API,status,recommended',
  'free,Free,Free,0,EUR,0.00,,3,2,no,active,no',
  'starter,Starter,Starter,10,EUR,19.00,190.00,5,10,no,active,no',
  'pro,Pro,Pro,20,EUR,49.00,490.00,20,50,yes,active,yes',
  'business,Business,Business,30,EUR,99.00,990.00,100,unlimited,yes,active,no',
  'legacy,Legacy,Legacy,15,EUR,29.00,,8,15,no,archived,no',
  'pilot,Pilot,Pilot,25,EUR,59.00,,30,60,yes,inactive,no',
  // Its price is the one that moves while somebody looks.
  'moving,Moving,Moving,27,EUR,79.00,,40,80,yes,active,no',
].join('\n');

/** What a test needs a customer to be. */
export type Kind = 'climber' | 'loyal' | 'starter' | 'unpaid' | 'blocked';

export interface Customer {
  name: string;
  email: string;
  externalId: string;
}

const letters = 'Alder Birch Cedar Elm Fir Hazel Juniper Larch Maple Oak Pine Rowan Spruce Willow Yew'.split(' ');
const trades = 'Works Studio Labs Foods Legal Media Textiles Energy Travel Optics Games Paper Audio Glass Bikes Dental Gardens Hotels Jewels'.split(' ');

/** The n-th customer of a kind; names are unique within a partner and none is part of another. */
export function customer(kind: Kind, n: number): Customer {
  const word = { climber: 'Climbing', loyal: 'Loyal', starter: 'Small', unpaid: 'Unpaid', blocked: 'Blocked' }[kind];
  const name = `${word} ${letters[n % letters.length]} ${trades[Math.floor(n / letters.length) % trades.length]}`;
  return { name, email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`, externalId: `${kind}-${n + 1}` };
}

export const size: Record<Kind, number> = { climber: 280, loyal: 15, starter: 20, unpaid: 50, blocked: 30 };

const columns = 'external_id,name,email,plan,price,cycle';

const planOf: Partial<Record<Kind, string>> = { climber: 'pro,49.00,month', loyal: 'business,99.00,month' };
const usedOf: Partial<Record<Kind, string>> = { climber: '12,9', loyal: '2,1', starter: '2,1' };

/** A file that says how many seats a climbing customer uses now. */
export function usageOf({ name, email, externalId }: Customer, seats: number): string {
  return `${columns},used.Seats,used.Projects\n${externalId},${name},${email},pro,49.00,month,${seats},9`;
}

/** A file that says how a climbing customer is called up. */
export function phoneOf({ name, email, externalId }: Customer, phone: string): string {
  return `${columns},phone\n${externalId},${name},${email},pro,49.00,month,${phone}`;
}

/** A file that says which language a climbing customer reads. */
export function languageOf({ name, email, externalId }: Customer, language: string): string {
  return `${columns},language\n${externalId},${name},${email},pro,49.00,month,${language}`;
}

/** A file that gives one plan a new price per month. */
export function planAt(code: string, price: string): string {
  return `code,name,price_month\n${code},${code[0].toUpperCase()}${code.slice(1)},${price}`;
}

/**
 * customers.csv: Climbing ones came from Starter to Pro and use 12 of 20 seats; loyal ones came from Starter over Pro to
 * Business, for less than is asked today.
 */
export function customers(): string {
  const lines = [
    `${columns},joined_at,last_seen_at,status,suspension_reason,suspended_at,used.Seats,used.Projects`,
  ];
  for (const kind of Object.keys(size) as Kind[]) {
    for (let n = 0; n < size[kind]; n += 1) {
      const { name, email, externalId } = customer(kind, n);
      const joined = `2025-0${1 + (n % 9)}-1${n % 10}`;
      const plan = planOf[kind] ?? 'starter,19.00,month';
      const status =
        kind === 'unpaid' ? 'suspended,payment_overdue,2026-10-05' : kind === 'blocked' ? 'suspended,terms_broken,2026-10-06' : 'active,,';
      const used = usedOf[kind] ?? ',';
      lines.push(`${externalId},${name},${email},${plan},${joined},2026-11-0${1 + (n % 9)},${status},${used}`);
    }
  }
  return lines.join('\n');
}

/** history.csv: where the climbing and the loyal ones came from. */
export function history(): string {
  const lines = ['external_id,plan,price,cycle,started_at,ended_at'];
  for (let n = 0; n < size.climber; n += 1) {
    const joined = `2025-0${1 + (n % 9)}-1${n % 10}`;
    lines.push(`${customer('climber', n).externalId},starter,19.00,month,${joined},2026-03-03`);
  }
  for (let n = 0; n < size.loyal; n += 1) {
    const joined = `2025-0${1 + (n % 9)}-1${n % 10}`;
    const { externalId } = customer('loyal', n);
    lines.push(`${externalId},starter,15.00,month,${joined},2026-02-02`, `${externalId},pro,45.00,month,2026-02-02,2026-06-06`);
  }
  return lines.join('\n');
}
