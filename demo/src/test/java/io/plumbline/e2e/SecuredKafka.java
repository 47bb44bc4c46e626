package io.plumbline.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A broker that lets in by TLS and SASL only, in a JVM of its own, from Kafka's own main classes. */
final class SecuredKafka implements AutoCloseable {
    private static final String PASSWORD = "changeit";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required username=";

    private final Path folder;
    private final int port;
    private final Jvm broker;

    private SecuredKafka(Path folder, int port, Jvm broker) {
        this.folder = folder;
        this.port = port;
        this.broker = broker;
    }

    static SecuredKafka start(Path folder) throws Exception {
        Files.createDirectories(folder);
        int port = Jvm.freePort();
        keys(folder);
        Path settings = Files.writeString(folder.resolve("server.properties"), server(folder, port, Jvm.freePort()));
        KafkaJvm.format(folder, settings);
        Jvm broker = KafkaJvm.broker(folder, "broker", settings);
        KafkaJvm.awaitServing(broker);
        return new SecuredKafka(folder, port, broker);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** What a client has to say. */
    Map<String, String> client() {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + "\"plumb\" password=\"plumb-secret\";",
                "ssl.truststore.location",
                folder.resolve("trust.p12").toString(),
                "ssl.truststore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }

    private static String server(Path folder, int port, int controller) {
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "listeners=SASL_SSL://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners=SASL_SSL://127.0.0.1:" + port,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL",
                "inter.broker.listener.name=SASL_SSL",
                "sasl.mechanism.inter.broker.protocol=PLAIN",
                "sasl.enabled.mechanisms=PLAIN",
                "listener.name.sasl_ssl.plain.sasl.jaas.config=" + LOGIN
                        + "\"admin\" password=\"admin-secret\" user_admin=\"admin-secret\" user_plumb=\"plumb-secret\";",
                "ssl.keystore.location=" + folder.resolve("keys.p12"),
                "ssl.keystore.password=" + PASSWORD,
                "ssl.key.password=" + PASSWORD,
                "ssl.keystore.type=PKCS12",
                "ssl.truststore.location=" + folder.resolve("trust.p12"),
                "ssl.truststore.password=" + PASSWORD,
                "ssl.truststore.type=PKCS12",
                "log.dirs=" + folder.resolve("data"),
                "log.cleaner.dedupe.buffer.size=4194304",
                "auto.create.topics.enable=false",
                "group.initial.rebalance.delay.ms=0",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "");
    }

    private static void keys(Path folder) throws Exception {
        String keys = folder.resolve("keys.p12").toString();
        String trust = folder.resolve("trust.p12").toString();
        String certificate = folder.resolve("broker.pem").toString();
        tool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys,
                "-storepass",
                PASSWORD);
        tool(
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-keystore",
                keys,
                "-storepass",
                PASSWORD,
                "-file",
                certificate);
        tool(
                "-importcert",
                "-noprompt",
                "-alias",
                "broker",
                "-file",
                certificate,
                "-storetype",
                "PKCS12",
                "-keystore",
                trust,
                "-storepass",
                PASSWORD);
    }

    private static void tool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError("keytool failed: " + String.join(" ", arguments));
        }
    }

    @Override
    public void close() throws InterruptedException {
        broker.close();
    }
}
