package io.plumbline.deploy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The manifests for Kubernetes, as far as they can be checked without a cluster. */
class ManifestsTest {
    /** By kind, which part of the schema. */
    private static final Map<String, String> SCHEMAS = Map.of(
            "Deployment", "deployment-apps-v1",
            "Service", "service-v1",
            "ServiceAccount", "serviceaccount-v1",
            "Namespace", "namespace-v1",
            "PodDisruptionBudget", "poddisruptionbudget-policy-v1");

    /** Made by hand before, as the documentation says. */
    private static final Set<String> SECRETS = Set.of("plumbline-kafka", "plumbline-backends", "plumbline-signing-key");

    @Test
    void objects_areAsKubernetesSchemasSay() {
        objects().forEach(object -> assertThat(errors(object)).as(name(object)).isEmpty());
    }

    @Test
    void check_seesWhatIsWrong() {
        ObjectNode wrong = deployment("plumbline-control").deepCopy();
        ((ObjectNode) wrong.at("/spec/template/spec/containers/0")).put("readynessProbe", "none");
        ((ObjectNode) wrong.at("/spec")).put("replicas", "two");

        assertThat(errors(wrong))
                .anyMatch(error -> error.contains("readynessProbe"))
                .anyMatch(error -> error.contains("replicas"));
    }

    @Test
    void containers_areBounded_andMayNothing() {
        for (JsonNode deployment : deployments()) {
            JsonNode pod = deployment.at("/spec/template/spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            for (JsonNode container : containers(pod)) {
                String name = name(deployment) + "/" + container.path("name").asText();
                JsonNode context = container.path("securityContext");
                assertThat(context.path("readOnlyRootFilesystem").asBoolean())
                        .as(name)
                        .isTrue();
                assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(name)
                        .isFalse();
                assertThat(context.at("/capabilities/drop/0").asText()).as(name).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asText())
                        .as(name)
                        .isNotEmpty();
                assertThat(container.at("/resources/requests/cpu").asText())
                        .as(name)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void images_areOurs_inTheVersionThatIsBuilt() {
        for (JsonNode deployment : deployments()) {
            for (JsonNode container : containers(deployment.at("/spec/template/spec"))) {
                assertThat(container.path("image").asText())
                        .startsWith("plumbline/")
                        .endsWith(":" + Tree.VERSION);
            }
        }
    }

    @Test
    void pipelines_areProbed_atTheirPorts() {
        for (String name : List.of("plumbline-control", "plumbline-pipeline")) {
            JsonNode container = deployment(name).at("/spec/template/spec/containers/0");
            Set<String> ports = Tree.elements(container.path("ports"))
                    .map(port -> port.path("name").asText())
                    .collect(toSet());
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                assertThat(container.at("/" + probe + "/httpGet/path").asText()).isEqualTo("/healthz");
                assertThat(ports)
                        .contains(container.at("/" + probe + "/httpGet/port").asText());
            }
        }
    }

    @Test
    void selectorsOfServicesAndBudgets_findADeployment() {
        Set<JsonNode> labels = deployments().stream()
                .map(deployment -> deployment.at("/spec/template/metadata/labels"))
                .collect(toSet());
        for (JsonNode object : objects()) {
            JsonNode selector = object.path("kind").asText().equals("Service")
                    ? object.at("/spec/selector")
                    : object.at("/spec/selector/matchLabels");
            if (!selector.isMissingNode()) {
                assertThat(labels).as(name(object)).contains(selector);
            }
        }
    }

    @Test
    void configMapsAndSecretsThatAreNamed_areThere() {
        Set<String> maps = new TreeSet<>(Set.of("plumbline-trusted"));
        for (Path file : Tree.files("deploy/kubernetes", "kustomization.yaml")) {
            Tree.elements(Tree.yaml(file).get(0).path("configMapGenerator")).forEach(map -> {
                maps.add(map.path("name").asText());
                Tree.elements(map.path("files"))
                        .forEach(name ->
                                assertThat(file.resolveSibling(name.asText())).exists());
            });
        }
        for (JsonNode deployment : deployments()) {
            assertThat(named(deployment, "configMapKeyRef", "configMap")).isSubsetOf(maps);
            assertThat(named(deployment, "secretKeyRef", "secret")).isSubsetOf(SECRETS);
        }
    }

    @Test
    void kustomizations_nameEveryFile() {
        for (Path file : Tree.files("deploy/kubernetes", "kustomization.yaml")) {
            List<Path> named = Tree.elements(Tree.yaml(file).get(0).path("resources"))
                    .map(resource -> file.resolveSibling(resource.asText()))
                    .toList();
            List<Path> there = Tree.files(Tree.ROOT.relativize(file.getParent()).toString(), ".yaml").stream()
                    .filter(each -> !each.equals(file))
                    .toList();
            assertThat(named).containsExactlyInAnyOrderElementsOf(there);
        }
    }

    @Test
    void volumesThatAreMounted_areThere() {
        for (JsonNode deployment : deployments()) {
            JsonNode pod = deployment.at("/spec/template/spec");
            Set<String> volumes = Tree.elements(pod.path("volumes"))
                    .map(v -> v.path("name").asText())
                    .collect(toSet());
            for (JsonNode container : containers(pod)) {
                Tree.elements(container.path("volumeMounts"))
                        .forEach(mount ->
                                assertThat(volumes).contains(mount.path("name").asText()));
            }
        }
    }

    @Test
    void agentsSettings_areKnown_andItsJarIsWhereItIsLoaded() {
        JsonNode pod = deployment("shop").at("/spec/template/spec");
        JsonNode shop = pod.at("/containers/0");
        Set<String> known = Tree.settings("agent.properties.example").stream()
                .map(ManifestsTest::asVariable)
                .collect(toSet());
        List<String> variables = Tree.elements(shop.path("env"))
                .map(variable -> variable.path("name").asText())
                .filter(name -> name.startsWith("PLUMBLINE_"))
                .toList();

        assertThat(variables)
                .contains("PLUMBLINE_KAFKA")
                .allSatisfy(name -> assertThat(known).contains(name));
        assertThat(shop.at("/env/0/value").asText()).contains("-javaagent:/plumbline/plumbline-agent.jar");
        assertThat(shop.at("/volumeMounts/0/mountPath").asText()).isEqualTo("/plumbline");
        assertThat(pod.at("/initContainers/0/volumeMounts/0/mountPath").asText())
                .isEqualTo("/agent");
        assertThat(shop.at("/volumeMounts/0/name")).isEqualTo(pod.at("/initContainers/0/volumeMounts/0/name"));
    }

    /** {@code plumbline.trusted-keys} as the environment has it. */
    static String asVariable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Set<String> named(JsonNode deployment, String reference, String volume) {
        Set<String> names = new TreeSet<>();
        deployment
                .findValues(reference)
                .forEach(each -> names.add(each.path("name").asText()));
        deployment
                .at("/spec/template/spec/volumes")
                .findValues(volume)
                .forEach(each -> names.add(
                        each.path("name").asText(each.path("secretName").asText())));
        return names;
    }

    private static List<String> errors(JsonNode object) {
        String kind = SCHEMAS.get(object.path("kind").asText());
        assertThat(kind)
                .as("a schema for %s; add it to schemas/update", object.path("kind"))
                .isNotNull();
        ObjectNode schema = (ObjectNode) Tree.schema("kubernetes.json");
        schema.put("$ref", "#/$defs/" + kind);
        return Tree.errors(schema, SpecificationVersion.DRAFT_2020_12, object);
    }

    private static List<JsonNode> containers(JsonNode pod) {
        List<JsonNode> all = new ArrayList<>();
        pod.path("initContainers").forEach(all::add);
        pod.path("containers").forEach(all::add);
        return all;
    }

    private static JsonNode deployment(String name) {
        return deployments().stream()
                .filter(each -> name(each).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> deployments() {
        return objects().stream()
                .filter(object -> object.path("kind").asText().equals("Deployment"))
                .toList();
    }

    private static List<JsonNode> objects() {
        return Tree.files("deploy/kubernetes", ".yaml").stream()
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .flatMap(file -> Tree.yaml(file).stream())
                .toList();
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }
}
