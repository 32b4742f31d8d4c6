export { escapeHtml, htmlPage, problemPage } from '#platforms/core';
