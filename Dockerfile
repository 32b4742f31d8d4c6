# One image for every process: the command chooses it.
#   API       node dist/apps/api/src/main.js        (the default)
#   worker    node dist/apps/worker/src/main.js
#   sandbox   node dist/apps/sandbox/src/main.js

FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
COPY migrations migrations
COPY scripts scripts
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-slim
# Debian's ffmpeg gets security updates, which untrusted uploads need. tini hands signals on and reaps what ffmpeg leaves.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ffmpeg tini \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node /data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY docker/healthcheck.mjs docker/
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "docker/healthcheck.mjs", "http://127.0.0.1:3000/health/ready"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/apps/api/src/main.js"]
