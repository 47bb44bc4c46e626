package io.plumbline.deploy;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docker-compose.yml, as far as it can be checked where no container runs. */
class ComposeFileTest {
    private static final JsonNode FILE =
            Tree.yaml(Tree.ROOT.resolve("docker-compose.yml")).get(0);
    private static final Map<String, JsonNode> SERVICES = Tree.entries(FILE.get("services"));

    /** They end when they have done their work; who needs it waits for that. */
    private static final Set<String> ONE_SHOT = Set.of("agent", "kibana-objects");

    @Test
    void file_isAsTheSpecificationSays() {
        assertThat(errors(FILE)).isEmpty();
    }

    @Test
    void check_seesWhatIsWrong() {
        ObjectNode wrong = FILE.deepCopy();
        ((ObjectNode) wrong.at("/services/kafka")).put("helthcheck", "none");
        ((ObjectNode) wrong.at("/services/shop")).put("read_only", 5);

        assertThat(errors(wrong))
                .anyMatch(error -> error.contains("helthcheck"))
                .anyMatch(error -> error.contains("read_only"));
    }

    @Test
    void everythingIsThere() {
        assertThat(SERVICES)
                .containsKeys(
                        "kafka",
                        "pipeline",
                        "shop",
                        "payments",
                        "load",
                        "prometheus",
                        "grafana",
                        "elasticsearch",
                        "kibana",
                        "jaeger");
    }

    @Test
    void images_arePinned_oursToTheVersionThatIsBuilt() {
        SERVICES.forEach((name, service) -> {
            String image = service.path("image").asText();
            assertThat(image)
                    .as(name)
                    .satisfies(text -> assertThat(Tree.isPinned(text)).isTrue());
            if (Tree.isOurs(image)) {
                assertThat(image).endsWith(":" + Tree.VERSION);
                assertThat(service.at("/build/context").asText()).isEqualTo("./deploy/target/plumb");
                assertThat(Tree.ROOT.resolve(service.at("/build/dockerfile").asText()))
                        .exists();
            }
        });
    }

    @Test
    void services_haveHealthChecks() {
        SERVICES.forEach((name, service) -> {
            boolean inImage = Tree.isOurs(service.path("image").asText());
            boolean checked = inImage || service.at("/healthcheck/test").isArray();
            assertThat(checked || ONE_SHOT.contains(name)).as(name).isTrue();
        });
        assertThat(SERVICES.get("load").at("/healthcheck/disable").asBoolean())
                .as("load listens nowhere")
                .isTrue();
    }

    @Test
    void services_waitForThoseThatCanBeWaitedFor() {
        SERVICES.forEach((name, service) -> Tree.entries(service.path("depends_on"))
                .forEach((other, how) -> {
                    assertThat(SERVICES).as(name).containsKey(other);
                    String condition = how.path("condition").asText();
                    assertThat(condition)
                            .as(name + " on " + other)
                            .isEqualTo(ONE_SHOT.contains(other) ? "service_completed_successfully" : "service_healthy");
                }));
    }

    @Test
    void ours_writeNothingButTheirVolumes_andMayNothing() {
        SERVICES.forEach((name, service) -> {
            if (Tree.isOurs(service.path("image").asText())) {
                assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
                assertThat(service.at("/cap_drop/0").asText()).as(name).isEqualTo("ALL");
                assertThat(service.at("/security_opt/0").asText()).as(name).isEqualTo("no-new-privileges:true");
                assertThat(service.at("/tmpfs/0").asText()).as(name).isEqualTo("/tmp");
            }
        });
    }

    @Test
    void ports_areOpenToThisMachineAlone() {
        SERVICES.forEach((name, service) -> Tree.elements(service.path("ports"))
                .forEach(port -> assertThat(port.asText()).as(name).startsWith("127.0.0.1:")));
    }

    @Test
    void mountedFoldersAndVolumes_areThere() {
        Set<String> volumes = Tree.entries(FILE.get("volumes")).keySet();
        SERVICES.forEach((name, service) -> Tree.elements(service.path("volumes"))
                .map(volume -> volume.asText().split(":")[0])
                .forEach(source -> {
                    if (!source.startsWith("./")) {
                        assertThat(volumes).as(name).contains(source);
                    } else {
                        assertThat(Tree.ROOT.resolve(source)).as(name).isDirectory();
                    }
                }));
    }

    @Test
    void filesOfMountedFolders_areThere() {
        Path dashboards = Tree.ROOT.resolve("dashboards/src/main/resources/dashboards");
        String prometheus = FILE.at("/configs/prometheus/content").asText();

        assertThat(inFolder("/etc/plumbline/", prometheus))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(dashboards.resolve("prometheus").resolve(file))
                        .exists());
        assertThat(inFolder(
                        "/objects/",
                        SERVICES.get("kibana-objects").path("command").toString()))
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(dashboards.resolve("kibana").resolve(file)).exists());
    }

    @Test
    void variablesOfGrafanasFiles_areSet() {
        Set<String> wanted = new HashSet<>();
        for (Path file : Tree.files("dashboards/src/main/resources/dashboards/grafana/provisioning", ".yaml")) {
            Tree.text(file)
                    .lines()
                    .filter(line -> !line.strip().startsWith("#"))
                    .flatMap(line -> Pattern.compile("\\$\\{?(PLUMBLINE_[A-Z_]+)")
                            .matcher(line)
                            .results())
                    .forEach(match -> wanted.add(match.group(1)));
        }

        Path file = Tree.ROOT.resolve(SERVICES.get("grafana").get("env_file").asText());
        Set<String> set = Tree.text(file)
                .lines()
                .filter(line -> line.matches("PLUMBLINE_[A-Z_]+=.+"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .collect(toSet());
        assertThat(wanted).isNotEmpty();
        assertThat(set).containsAll(wanted);
    }

    @Test
    void agentsSettings_areKnown() {
        Set<String> known = Tree.settings("agent.properties.example").stream()
                .map(ManifestsTest::asVariable)
                .collect(toSet());
        for (String name : List.of("shop", "payments")) {
            Map<String, String> environment = Tree.entries(SERVICES.get(name).get("environment")).entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));

            assertThat(environment.get("JAVA_TOOL_OPTIONS"))
                    .contains("opentelemetry-javaagent.jar", "-javaagent:/agent/plumbline-agent.jar");
            assertThat(environment.keySet().stream().filter(key -> key.startsWith("PLUMBLINE_")))
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(known).contains(key));
        }
    }

    @Test
    void hosts_areServices() {
        Set<String> hosts = new HashSet<>();
        Stream.of(
                        "/services/pipeline/command",
                        "/services/grafana/environment",
                        "/services/kibana/environment",
                        "/services/shop/environment")
                .map(FILE::at)
                .forEach(part -> {
                    Matcher url = Pattern.compile("http://([a-z][a-z-]*):").matcher(part.toString());
                    while (url.find()) {
                        hosts.add(url.group(1));
                    }
                });

        assertThat(hosts).contains("elasticsearch", "jaeger");
        assertThat(SERVICES.keySet()).containsAll(hosts);
    }

    private static Set<String> inFolder(String folder, String text) {
        Set<String> files = new HashSet<>();
        Matcher matcher =
                Pattern.compile(Pattern.quote(folder) + "([A-Za-z0-9.-]+)").matcher(text);
        while (matcher.find()) {
            files.add(matcher.group(1));
        }
        return files;
    }

    private static List<String> errors(JsonNode document) {
        ObjectNode schema = (ObjectNode) Tree.schema("compose.json");
        // its name for the dialect has a letter too many: https
        schema.remove(List.of("$schema", "$id"));
        return Tree.errors(schema, SpecificationVersion.DRAFT_7, document);
    }
}
