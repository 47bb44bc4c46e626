# Carries the agent's jar to where a program can load it: an init container, which copies it into a volume and ends.
#
#   docker build -t plumbline/agent:0.1.0-SNAPSHOT -f deploy/docker/agent.Dockerfile deploy/target/plumb
FROM busybox:1.37.0-musl

COPY --chown=0:0 plumbline-agent.jar LICENSE NOTICE THIRD-PARTY.txt /opt/plumbline/

# A volume that is made here for the first time belongs to who owns the folder in the image.
RUN mkdir /agent && chown 10001:10001 /agent

USER 10001:10001

# It runs for a moment and listens nowhere.
HEALTHCHECK NONE

# Renamed into place: a JVM that has the jar of before open keeps it.
CMD ["sh", "-c", "cp /opt/plumbline/plumbline-agent.jar /agent/.new && mv -f /agent/.new /agent/plumbline-agent.jar"]
