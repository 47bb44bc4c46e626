package io.plumbline.agent.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM can tell of its host, process and place in Kubernetes, by OpenTelemetry's names. Asks no server: environment,
 * system properties and one file.
 *
 * @param environment the process's
 * @param namespaceFile where Kubernetes writes the namespace
 */
record Facts(Map<String, String> environment, Path namespaceFile) {
    private static final Path NAMESPACE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    /** What Kubernetes makes its random endings of. */
    private static final String RANDOM = "[bcdfghjklmnpqrstvwxz2456789]";

    private static final Pattern POD_OF_DEPLOYMENT = Pattern.compile("(.+)-" + RANDOM + "{6,10}-" + RANDOM + "{5}");
    private static final int MAX_NAMESPACE = 64;

    /** This JVM's, with those of its build. */
    static Map<String, String> here() {
        Map<String, String> facts = new LinkedHashMap<>(new Facts(System.getenv(), NAMESPACE).labels());
        facts.putAll(BuildFacts.here());
        return facts;
    }

    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("os.type", osType(System.getProperty("os.name", "")));
        labels.put("host.arch", arch(System.getProperty("os.arch", "")));
        labels.put("process.runtime.version", Runtime.version().toString());
        if (environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            putKubernetes(labels);
        }
        labels.values().removeIf(String::isBlank);
        labels.replaceAll((name, value) -> ResourceAttributes.cut(value));
        return labels;
    }

    private void putKubernetes(Map<String, String> labels) {
        String pod = first("POD_NAME", "K8S_POD_NAME", "KUBERNETES_POD_NAME", "MY_POD_NAME", "HOSTNAME");
        String namespace =
                first("POD_NAMESPACE", "K8S_NAMESPACE_NAME", "KUBERNETES_NAMESPACE", "MY_POD_NAMESPACE", "NAMESPACE");
        String deployment = first("K8S_DEPLOYMENT_NAME", "DEPLOYMENT_NAME");
        labels.put("k8s.pod.name", pod);
        labels.put("k8s.namespace.name", namespace.isEmpty() ? namespaceOfFile() : namespace);
        labels.put("k8s.node.name", first("NODE_NAME", "K8S_NODE_NAME", "KUBERNETES_NODE_NAME", "MY_NODE_NAME"));
        labels.put("k8s.container.name", first("CONTAINER_NAME", "K8S_CONTAINER_NAME"));
        labels.put("k8s.deployment.name", deployment.isEmpty() ? deploymentOf(pod) : deployment);
    }

    private String first(String... names) {
        return List.of(names).stream()
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
    }

    private String namespaceOfFile() {
        try {
            String text = Files.readString(namespaceFile).strip();
            return text.length() <= MAX_NAMESPACE ? text : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Kubernetes names a deployment's pods by it, with two random endings. */
    private static String deploymentOf(String pod) {
        Matcher matcher = POD_OF_DEPLOYMENT.matcher(pod);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String osType(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("windows")) {
            return "windows";
        }
        return lower.startsWith("mac") ? "darwin" : lower.replaceAll("\\s.*", "");
    }

    private static String arch(String name) {
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
