/** What a visitor did to a product, apart from buying it. */
export interface ProductEvent {
  product_id: string;
  /** Pieces, at least 1. */
  quantity?: number;
  /** Price of one piece in whole units of the currency. */
  unit_price?: number;
  /** ISO 4217, such as EUR. */
  currency?: string;
  /** The slate that showed the product; by default the one in which it was last clicked, for 24 hours. */
  slate_id?: string;
  /** The position in that slate, from 1. */
  position?: number;
}

/** An order: each line becomes a purchase, known by the order's id, so that loading its page again counts nothing twice. */
export interface Order {
  order_id: string;
  currency: string;
  lines: { product_id: string; quantity?: number; unit_price: number }[];
}

export type Call =
  | ['view' | 'click' | 'add_to_cart' | 'remove_from_cart', ProductEvent]
  | ['page_view', { page_type?: string; page_load_ms?: number }?]
  | ['purchase', Order]
  /** The shop's own id of the visitor, from login on. */
  | ['user', string]
  /** Begins when the script waits for consent (data-wait). */
  | ['start'];

export interface Aisle {
  (...call: Call): void;
  /** Calls that were made before the script had loaded. */
  q?: Call[];
}

declare global {
  interface Window {
    aisle?: Aisle;
  }
}
