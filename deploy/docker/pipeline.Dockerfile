# The pipeline: exporters, control plane and console, the command plumb.
#
# The build context is an unpacked release, so that what runs is what people download and what the tests ran:
#   ./mvnw -DskipTests package                                                  # in a checkout; makes deploy/target/plumb
#   docker build -t plumbline/pipeline:0.1.0-SNAPSHOT -f deploy/docker/pipeline.Dockerfile deploy/target/plumb
# or, in a release, with . as the last word.
FROM eclipse-temurin:17.0.15_6-jre-noble

COPY --chown=0:0 plumb LICENSE NOTICE THIRD-PARTY.txt /opt/plumb/
COPY --chown=0:0 lib /opt/plumb/lib
COPY --chown=0:0 config /opt/plumb/config

# A volume that is made here for the first time belongs to who owns the folder in the image.
RUN mkdir -p /var/lib/plumbline && chown 10001:10001 /var/lib/plumbline && chmod 700 /var/lib/plumbline

ENV PATH=/opt/plumb:$PATH \
    PLUMBLINE_DATA=/var/lib/plumbline

# Nothing is written but below these two; /tmp is a tmpfs where the root file system is read-only.
VOLUME /var/lib/plumbline
WORKDIR /var/lib/plumbline
USER 10001:10001

# 7077: console and API. 9464: metrics of probes.
EXPOSE 7077 9464

# Bash alone: the image has no curl to be sure of.
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7077 && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3"]

ENTRYPOINT ["/opt/plumb/plumb"]
CMD ["up", "--port=7077"]
