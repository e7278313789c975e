# One image for every service; the service is the argument of the container: `archives`, `civility`, …, or `migrate`.
FROM node:22-bookworm-slim AS build
WORKDIR /srv
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node tools/build.mjs && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production TZ=UTC
WORKDIR /srv
COPY --from=build /srv/node_modules node_modules
COPY --from=build /srv/dist dist
COPY --from=build /srv/package.json /srv/nest-cli.json ./
COPY --from=build /srv/rules rules
COPY --from=build /srv/libs/platform/src/database/migrations libs/platform/src/database/migrations
COPY --from=build /srv/apps apps
COPY --from=build /srv/tools/container-entry.mjs tools/container-entry.mjs
RUN install -d -o node -g node /var/lib/credit/audit-heads /var/lib/credit/identity
USER node
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 8080}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--enable-source-maps", "tools/container-entry.mjs"]
CMD ["gateway"]
