package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.cli.PipelineProcess.Plan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb token}, {@code keys} and {@code audit}, over all of {@code plumb up}. */
final class AccessCommandsTest {
    @TempDir
    Path data;

    private PipelineProcess process;

    @BeforeEach
    void start() {
        PipelineSettings settings = PipelineSettings.of(List.of("prometheus"), Map.of("prometheus.port", "0"));
        process = PipelineProcess.start(new Plan(data, null, 0, 0, false, settings));
    }

    @AfterEach
    void stop() {
        process.close();
    }

    private Run plumb(String... args) {
        return Run.plumb(args);
    }

    @Test
    void token_opensWhatItsRoleMay_untilItIsRevoked_andTheAuditTells() {
        String folder = data.toString();
        Run made = plumb("token", "create", "ci", "--role", "viewer", "--service", "shop,pay*", "--data", folder);
        assertThat(made.code()).as(made.err()).isZero();
        String secret = made.out().strip();

        assertThat(plumb("token", "list", "--data", folder).out())
                .containsPattern("ci +viewer +good +\\S+ +shop,pay\\* +all +start")
                .doesNotContain(secret);
        assertThat(plumb("probe", "list", "--data", folder, "--token", secret).code())
                .isZero();
        Run refused = plumb("probe", "add", "X:1", "--log", "x", "--no-wait", "--data", folder, "--token", secret);
        assertThat(refused.code()).isEqualTo(Failure.UNREACHABLE);
        assertThat(refused.err()).contains("needs the role prober");
        assertThat(plumb("token", "revoke", "ci", "--data", folder).out()).contains("ci revoked");
        assertThat(plumb("probe", "list", "--data", folder, "--token", secret).err())
                .contains("the token 'ci' was revoked");

        assertThat(plumb("audit", "--since", "1h", "--data", folder).out())
                .containsPattern("start +admin +127.0.0.1 +done +token.create +name=ci, role=viewer")
                .containsPattern("ci +viewer +127.0.0.1 +refused +POST /api/v1/probes")
                .doesNotContain("! ");
        assertThat(plumb("audit", "--json", "--data", folder).out().lines())
                .allMatch(line -> line.startsWith("{\"at\":") && line.endsWith("\"signed\":true}"));
    }

    @Test
    void key_isTheSame_whetherTheControlPlaneRunsOrNot_andIsInTheAgentsLine() {
        String key = plumb("keys", "show", "--data", data.toString()).out().strip();
        StringWriter welcome = new StringWriter();
        Welcome.print(new PrintWriter(welcome, true), process, data);
        process.close();

        assertThat(key).startsWith("MCowBQYDK2VwAyEA");
        assertThat(welcome.toString()).contains(",service=NAME,trusted-keys=" + key + " ...");
        assertThat(plumb("keys", "show", "--data", data.toString()).out().strip())
                .isEqualTo(key);
        assertThat(plumb("keys", "show", "--data", data.resolve("none").toString())
                        .err())
                .contains("there is no key in");
        assertThat(plumb("keys", "show", "--file", data.resolve("control.json").toString())
                        .code())
                .isEqualTo(Failure.BAD_INPUT);
    }

    @Test
    void settingsOfTheControlPlane_areChecked() {
        String folder = data.toString();

        assertThat(plumb("up", "--data", folder, "--set", "control.colour=red").err())
                .contains("unknown setting control.colour; the control plane knows control.assistant.chars");
        assertThat(plumb("up", "--data", folder, "--set", "control.signing-key=/nowhere/k")
                        .err())
                .contains("control.signing-key: can't read an Ed25519 key from /nowhere/k");
        assertThat(plumb("up", "--data", folder, "--set", "control.trusted-keys=abc")
                        .err())
                .contains("control.trusted-keys names neither an Ed25519 public key");
    }
}
