/** What the dispatcher looks after, as SQL over the alias `p`: the condition of its indexes. */
export const ACTIVE = `p.state in ('scheduled', 'preparing', 'ready', 'committing')`;
