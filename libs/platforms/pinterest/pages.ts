const PINTEREST = 'https://developers.pinterest.com/docs';

/** The pages of Pinterest's documentation that facts are taken from. */
export const PINS_DOCS = `${PINTEREST}/api-features/creating-boards-and-pins/`;
export const CREATE_DOCS = `${PINTEREST}/api/v5/pins-create`;
export const UPDATE_DOCS = `${PINTEREST}/api/v5/pins-update`;
export const MEDIA_DOCS = `${PINTEREST}/api/v5/media-get`;
export const BOARD_DOCS = `${PINTEREST}/api/v5/boards-list`;
export const SECTION_DOCS = `${PINTEREST}/api/v5/board_sections-list`;
export const SIGN_IN_DOCS = `${PINTEREST}/getting-started/set-up-authentication-and-authorization/`;
export const CONNECT_APP_DOCS = `${PINTEREST}/getting-started/connect-app/`;
export const REVOKE_DOCS = `${PINTEREST}/api/v5/token-revoke`;
export const LIMIT_DOCS = `${PINTEREST}/reference/rate-limits/`;
export const ACCESS_DOCS = `${PINTEREST}/key-concepts/access-tiers/`;
export const SANDBOX_DOCS = `${PINTEREST}/developer-tools/sandbox/`;
export const BETA_DOCS = `${PINTEREST}/key-concepts/using-beta-and-restricted-features/`;
/** Files: types, sizes, lengths. */
export const SPECS_DOCS = 'https://help.pinterest.com/en/business/article/pinterest-product-specs';
