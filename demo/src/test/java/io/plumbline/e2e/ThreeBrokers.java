package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * A cluster of three brokers, each also a controller, in JVMs of their own. A record is acknowledged when two have it; all else is
 * as Kafka has it where nothing is set, but for the time until a broker that is silent counts as gone, and for fewer partitions of its own topics.
 */
final class ThreeBrokers implements AutoCloseable {
    private static final int BROKERS = 3;

    private final List<Jvm> brokers = new ArrayList<>();
    private final List<Integer> ports;

    /** Looks on from outside. */
    private Admin admin;

    private ThreeBrokers(List<Integer> ports) {
        this.ports = ports;
    }

    /** Starts them and waits until all three serve. */
    static ThreeBrokers start(Path folder) throws Exception {
        List<Integer> ports = Jvm.freePorts(2 * BROKERS);
        ThreeBrokers cluster = new ThreeBrokers(ports);
        try {
            Files.createDirectories(folder);
            for (int node = 1; node <= BROKERS; node++) {
                Path settings = Files.writeString(folder.resolve(node + ".properties"), settings(folder, node, ports));
                if (node == 1) {
                    KafkaJvm.format(folder, settings);
                } else {
                    copyFormat(folder, node);
                }
                cluster.brokers.add(KafkaJvm.broker(folder, "broker-" + node, settings));
            }
            cluster.brokers.forEach(KafkaJvm::awaitServing);
            cluster.admin = Admin.create(Map.of("bootstrap.servers", cluster.address()));
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private static String settings(Path folder, int node, List<Integer> ports) {
        String address = "PLAINTEXT://127.0.0.1:" + ports.get(node - 1);
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=" + node,
                "controller.quorum.voters="
                        + IntStream.rangeClosed(1, BROKERS)
                                .mapToObj(each -> each + "@127.0.0.1:" + ports.get(BROKERS + each - 1))
                                .collect(Collectors.joining(",")),
                "listeners=" + address + ",CONTROLLER://127.0.0.1:" + ports.get(BROKERS + node - 1),
                "advertised.listeners=" + address,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                "min.insync.replicas=2",
                "broker.session.timeout.ms=" + Integer.getInteger("brokers.session", 3_000),
                "broker.heartbeat.interval.ms=500",
                "log.dirs=" + data(folder, node),
                "log.cleaner.dedupe.buffer.size=4194304",
                "auto.create.topics.enable=false",
                "offsets.topic.num.partitions=4",
                "");
    }

    private static Path data(Path folder, int node) {
        return folder.resolve("data-" + node);
    }

    /** As the first one was formatted: it takes a JVM each time. */
    private static void copyFormat(Path folder, int node) throws IOException {
        Path to = Files.createDirectories(data(folder, node));
        try (Stream<Path> files = Files.list(data(folder, 1)).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        Path properties = to.resolve("meta.properties");
        Files.writeString(
                properties,
                Files.readString(properties)
                        .replace("node.id=1", "node.id=" + node)
                        .replaceAll("directory.id=\\S+", "directory.id=" + directoryId()));
    }

    private static String directoryId() {
        return org.apache.kafka.common.Uuid.randomUuid().toString();
    }

    /** All three, as a client is told. */
    String address() {
        return ports.subList(0, BROKERS).stream()
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
    }

    /** How many copies each topic's partitions have, Kafka's own topics included; the fewest where they differ. */
    Map<String, Integer> copies() throws Exception {
        Map<String, Integer> copies = new TreeMap<>();
        for (TopicDescription topic : topics()) {
            topic.partitions()
                    .forEach(partition ->
                            copies.merge(topic.name(), partition.replicas().size(), Math::min));
        }
        return copies;
    }

    /**
     * Makes the broker that is the cluster's active controller the leader of all partitions as well: of those with signals, definitions and
     * offsets. It is then the coordinator of all consumer groups, too.
     *
     * @return its number
     */
    int makeOneLeadAll() throws Exception {
        int chosen = admin.describeMetadataQuorum().quorumInfo().get().leaderId();
        Map<TopicPartition, Optional<NewPartitionReassignment>> order = new HashMap<>();
        for (TopicDescription topic : topics()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                List<Integer> nodes = new ArrayList<>(
                        partition.replicas().stream().map(Node::id).toList());
                nodes.remove(Integer.valueOf(chosen));
                nodes.add(0, chosen);
                order.put(
                        new TopicPartition(topic.name(), partition.partition()),
                        Optional.of(new NewPartitionReassignment(nodes)));
            }
        }
        admin.alterPartitionReassignments(order).all().get();
        admin.electLeaders(ElectionType.PREFERRED, null).partitions().get();
        Await.until("one leader of all", KafkaJvm.START, this::leaders, leaders -> leaders.equals(Set.of(chosen)));
        return chosen;
    }

    /** The brokers that lead a partition; -1 among them while one has no leader. */
    Set<Integer> leaders() throws Exception {
        return topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .map(partition ->
                        partition.leader() == null ? -1 : partition.leader().id())
                .collect(Collectors.toSet());
    }

    private List<TopicDescription> topics() throws Exception {
        Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return List.copyOf(admin.describeTopics(names).allTopicNames().get().values());
    }

    /** Ends one at once, as a crash would. */
    void kill(int node) throws InterruptedException {
        brokers.get(node - 1).kill();
    }

    @Override
    public void close() throws InterruptedException {
        if (admin != null) {
            admin.close();
        }
        for (Jvm broker : brokers) {
            broker.kill(); // in order they would wait for each other, and nobody needs what they hold
        }
    }
}
