// @ts-check
/** The outline of a van, for the map and for its legend. */

export const VAN = 'M3 6h11v4h4l3 3.5V17h-2.2a2.3 2.3 0 0 1-4.6 0H9.8a2.3 2.3 0 0 1-4.6 0H3ZM14 10v3.5h7';
