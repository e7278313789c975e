# One image for every service; the service is the argument of the container: `identity`, `archives`, …, or `migrate`.
ARG NODE=node:22-bookworm-slim

FROM ${NODE} AS packages
WORKDIR /srv
COPY package.json package-lock.json ./
# Types, maps and the weights of the typeface that nobody prints with are half of what the packages weigh.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
 && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete \
 && find node_modules/@expo-google-fonts -name '*.ttf' ! -name '*_400Regular.ttf' ! -name '*_700Bold.ttf' -delete

FROM ${NODE} AS build
WORKDIR /srv
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node tools/build.mjs
# What runs: the compiled services and their tools; of the sources only what is read at run time (migrations, pages, rules).
RUN mkdir run \
 && tar -c --exclude='*/test' --exclude=dist/libs/testing dist/apps dist/libs dist/tools/migrate dist/tools/audit dist/tools/backup dist/tools/restore dist/tools/embedded-postgres dist/tools/free-port.js | tar -x -C run \
 && find apps libs -path '*/src/*' -type f ! -name '*.ts' -print0 | tar -c --null -T - | tar -x -C run \
 && cp -r --parents package.json nest-cli.json rules tools/container-entry.mjs run

FROM ${NODE}
ENV NODE_ENV=production TZ=UTC PORT=8080
WORKDIR /srv
COPY --from=packages /srv/node_modules node_modules
COPY --from=build /srv/run ./
RUN install -d -o node -g node /var/lib/credit/audit-heads
USER 1000:1000
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--enable-source-maps", "tools/container-entry.mjs"]
CMD ["gateway"]
