# An image of the command: docker build -t pkgmine .
#   docker run --rm -v pkgmine-lists:/data/Package-List pkgmine go --limit 1000 --contact you@example.org
# Lists that are to lie in a folder of yours: -v "$PWD/Package-List:/data/Package-List" --user "$(id -u):$(id -g)"

# Builds the Debian package, whose dependencies are then the image's.
FROM swift:6.2-bookworm AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update \
    && apt-get install -y --no-install-recommends make python3 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Makefile Package.swift ./
COPY .make .make
# All that is needed is there before the sources, so that another build begins with them.
RUN make libraries package-tools && rm -rf /var/lib/apt/lists/*
COPY CHANGELOG.md CITATION.cff LICENSE README.md ./
COPY Sources Sources
COPY Plugins Plugins
COPY Tests Tests
RUN .make/deb

FROM debian:bookworm-slim
COPY --from=build /source/dist/*.deb /tmp/
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates /tmp/*.deb \
    && rm -rf /tmp/*.deb /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /data pkgmine \
    && mkdir -p /data/Package-List \
    && chown -R pkgmine:pkgmine /data
USER 10001:10001
WORKDIR /data
VOLUME /data/Package-List
# `docker stop` interrupts a run in order: it stores what has arrived, and the next one goes on.
STOPSIGNAL SIGTERM
ENTRYPOINT ["pkgmine"]
CMD ["--help"]
