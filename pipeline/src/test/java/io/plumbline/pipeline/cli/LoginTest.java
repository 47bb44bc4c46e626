package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.cli.PipelineProcess.Plan;
import io.plumbline.pipeline.support.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb login} of another user, by the printed link and by an OpenID provider that runs, and {@code plumb approve} with it. */
final class LoginTest {
    @TempDir
    private static Path data;

    private static MockOAuth2Server provider;
    private static PipelineProcess process;

    @BeforeAll
    static void start() throws Exception {
        provider = new MockOAuth2Server();
        provider.start(InetAddress.getByName("localhost"), 0);
        PipelineSettings settings = PipelineSettings.of(
                List.of("prometheus"),
                Map.of(
                        "prometheus.port", "0",
                        "control.oidc.issuer", provider.issuerUrl("main").toString(),
                        "control.oidc.audience", "plumbline",
                        "control.oidc.client-id", "plumb",
                        "control.oidc.grant.ops", "group=ops,role=approver",
                        "control.approval.prod", "environment=production"));
        process = PipelineProcess.start(new Plan(data, null, 0, 0, false, settings));
    }

    @AfterAll
    static void stop() {
        process.close();
        provider.shutdown();
    }

    private static Run plumb(Path folder, String... args) {
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--data";
        all[args.length + 1] = folder.toString();
        return Run.plumb(all);
    }

    @Test
    void printedLink_opensOnce_forAnotherUser(@TempDir Path other) throws Exception {
        String link = process.loginLink();
        assertThat(plumb(other, "probe", "list").code()).isEqualTo(Failure.UNREACHABLE);

        Run login = plumb(other, "login", link);

        assertThat(login.code()).as(login.err()).isZero();
        assertThat(login.out()).containsPattern("signed on as session-[0-9a-f]{8} with the role admin until");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(LoginFile.in(other))))
                .isEqualTo("rw-------");
        assertThat(plumb(other, "probe", "list").code()).isZero();
        Run again = plumb(other, "login", link);
        assertThat(again.code()).isEqualTo(Failure.UNREACHABLE);
        assertThat(again.err()).contains("this link is used up or over");
        String audit = plumb(data, "audit").out();
        assertThat(audit)
                .containsPattern("one-time +admin +127.0.0.1 +done +login +name=session-")
                .contains("POST /api/v1/login")
                .doesNotContain(link.substring(link.indexOf('=') + 1));
    }

    @Test
    void otherSitesRedeemNothing() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(process.control().url() + "/api/v1/login"))
                .header("Origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString("{\"once\":\"x\"}"))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void provider_signsOn_andWhoDidApproves(@TempDir Path other) throws Exception {
        provider.enqueueCallback(new DefaultOAuth2TokenCallback(
                "main", "ann", "JWT", List.of("plumbline"), Map.of("groups", List.of("ops")), 3600));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> login = CompletableFuture.supplyAsync(() -> Plumb.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "login",
                process.control().url(),
                "--data",
                other.toString()));
        Matcher link = Pattern.compile("  (http://localhost\\S+)")
                .matcher(Eventually.get(out::toString, text -> text.contains("code_challenge_method=S256")));
        assertThat(link.find()).isTrue();
        HttpClient browser = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        String page = browser.send(
                        HttpRequest.newBuilder(URI.create(link.group(1))).build(), BodyHandlers.ofString())
                .body();

        assertThat(page).isEqualTo("Signed on; go back to the terminal.");
        assertThat(login.get(20, TimeUnit.SECONDS)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("signed on as oidc:ann with the role approver");
        Run asked =
                plumb(data, "probe", "add", "shop.X:1", "--id", "held", "--log", "x", "--on", "environment=production");
        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(asked.out())
                .contains("probe held waits for approval, and runs nowhere until then: log at shop.X:1")
                .contains("the rule prod (environment=production) asks for it");
        Matcher id = Pattern.compile("approve (held@[0-9a-f]{8})").matcher(asked.out());
        assertThat(id.find()).isTrue();
        assertThat(plumb(data, "probe", "list").out()).contains("awaiting approval (prod): held@");
        assertThat(plumb(data, "approve", id.group(1)).err()).contains("asked for " + id.group(1) + " itself");
        assertThat(plumb(other, "approvals").out())
                .containsPattern(id.group(1) + " +waiting +(23h59m|1d) +start +prod");
        assertThat(plumb(other, "approvals", "held").out()).contains("at: shop.X:1", "environment: production");
        Run approved = plumb(other, "approve", id.group(1));
        assertThat(approved.out()).as(approved.err()).contains("probe held version 1 is set, as start asked");
        assertThat(plumb(data, "probe", "list").out()).contains("held").doesNotContain("awaiting");
        assertThat(plumb(other, "approvals").out()).contains("Nothing waits for approval.");

        LoginFile kept = LoginFile.read(other).orElseThrow();
        LoginFile old = new LoginFile(
                kept.url(), "x.y.z", 0, kept.refresh(), kept.tokenUrl(), kept.clientId(), kept.audience());
        old.write(other);
        assertThat(plumb(other, "approvals").code()).isZero();
        assertThat(LoginFile.read(other).orElseThrow().token()).isNotEqualTo("x.y.z");
    }
}
