# The demo's shop, payments and load, with the OpenTelemetry agent. Ours comes from the image 'agent', as it does to any
# other program.
#
#   docker build -t plumbline/demo:0.1.0-SNAPSHOT -f deploy/docker/demo.Dockerfile deploy/target/plumb
FROM eclipse-temurin:17.0.15_6-jre-noble

COPY --chown=0:0 LICENSE NOTICE /opt/demo/
COPY --chown=0:0 demo /opt/demo

# The port that says that the service is there.
ENV HEALTH_PORT=8081

WORKDIR /tmp
USER 10001:10001

HEALTHCHECK --interval=3s --timeout=3s --start-period=30s --retries=20 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$HEALTH_PORT"]

ENTRYPOINT ["java", "-Xmx192m", "-cp", "/opt/demo/plumbline-demo.jar"]
CMD ["io.plumbline.demo.shop.ShopMain", "--port", "8081", "--payments", "http://127.0.0.1:8082"]
