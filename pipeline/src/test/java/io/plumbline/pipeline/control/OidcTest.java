package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.Asking.Answer;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.net.InetAddress;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bearer tokens of an OpenID provider that runs, good ones and those of attackers. */
class OidcTest {
    private static final String AUDIENCE = "plumbline";

    @TempDir
    private static Path folder;

    private static MockOAuth2Server provider;
    private static EmbeddedBroker broker;
    private static ControlPlane control;
    private static Asking admin;

    @BeforeAll
    static void start() throws Exception {
        provider = new MockOAuth2Server();
        provider.start(InetAddress.getByName("localhost"), 0);
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
        PipelineTopics.ensure(kafka);
        Map<String, String> settings = new HashMap<>();
        settings.put("control.oidc.issuer", issuer());
        settings.put("control.oidc.audience", AUDIENCE);
        settings.put("control.oidc.groups-claim", "realm.roles");
        settings.put("control.oidc.grant.1-admins", "group=plumb-admins,role=admin");
        settings.put("control.oidc.grant.2-shop", "group=shop-*,role=prober,service=shop,environment=staging|test");
        settings.put("control.oidc.grant.3-ops", "group=ops|oncall,role=approver");
        settings.put("control.approval.all", "environment=staging");
        control = ControlPlane.start(folder, 0, kafka, List::of, () -> "", ControlSettings.of(settings));
        admin = new Asking(control.address());
    }

    @AfterAll
    static void stop() {
        control.close();
        broker.close();
        provider.shutdown();
    }

    private static String issuer() {
        return provider.issuerUrl("main").toString();
    }

    private static String token(String issuer, String audience, long seconds, String subject, String... groups) {
        return provider.issueToken(
                        issuer,
                        "cli",
                        new DefaultOAuth2TokenCallback(
                                issuer,
                                subject,
                                "JWT",
                                List.of(audience),
                                Map.of("realm", Map.of("roles", List.of(groups))),
                                seconds))
                .serialize();
    }

    private static Asking person(String subject, String... groups) {
        return new Asking(control.address(), token("main", AUDIENCE, 300, subject, groups));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(AUDIENCE)
                .subject("mallory")
                .claim("realm", Map.of("roles", List.of("plumb-admins")))
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    private static void assertRefused(String token, int status, String... words) {
        Answer answer = new Asking(control.address(), token).get("/probes");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.detail()).contains(words);
        Eventually.get(
                () -> admin.get("/audit?since=1h").body(),
                body -> body.lines()
                        .anyMatch(line -> line.contains("GET /api/v1/probes")
                                && line.contains("\"outcome\":\"refused\"")
                                && Stream.of(words).allMatch(line::contains)));
    }

    @Test
    void groups_areRolesWithBounds() {
        Asking prober = person("ann", "people", "shop-devs");

        assertThat(prober.get("/whoami").body())
                .contains("\"name\":\"oidc:ann\"", "\"role\":\"prober\"", "\"services\":[\"shop\"]");
        assertThat(prober.post("/probes", "{id: x, at: 'X:1', log: x, on: {service: pay}}")
                        .status())
                .isEqualTo(403);
        assertThat(person("root", "plumb-admins", "shop-devs").get("/tokens").status())
                .isEqualTo(200);
    }

    @Test
    void people_approveEachOthersProbes_notTheirOwn() {
        String definition = "{id: mine, at: 'shop.X:1', log: x, on: {service: shop, environment: staging}}";
        Answer asked = person("bob", "shop-devs").post("/probes", definition);
        assertThat(asked.body()).contains("\"change\":\"waiting\"");
        String id = asked.body().replaceAll("(?s).*\"approval\":\\{\"id\":\"([^\"]+)\".*", "$1");

        assertThat(person("bob", "ops")
                        .post("/approvals/" + id + "/approve", "")
                        .detail())
                .contains("'oidc:bob' asked for");
        assertThat(person("eve", "oncall")
                        .post("/approvals/" + id + "/approve", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void noGroup() {
        assertRefused(token("main", AUDIENCE, 300, "carl", "people"), 403, "'oidc:carl' is in no group", "[people]");
    }

    @Test
    void expired() {
        assertRefused(token("main", AUDIENCE, -120, "dan", "plumb-admins"), 401, "Expired JWT");
    }

    @Test
    void otherAudience() {
        assertRefused(token("main", "shop", 300, "dan", "plumb-admins"), 401, "JWT aud claim rejected");
    }

    @Test
    void otherIssuer() {
        assertRefused(token("other", AUDIENCE, 300, "dan", "plumb-admins"), 401, "its issuer is not " + issuer());
    }

    @Test
    void unsigned() {
        assertRefused(new PlainJWT(claims().build()).serialize(), 401, "its algorithm none is not taken");
        String unsigned = new PlainJWT(claims().build()).serialize();
        assertRefused(unsigned + "AAAA", 401, "the provider's token is not taken");
    }

    @Test
    void publicKeyAsSecret() throws Exception {
        RSAKey key = JWKSet.load(new URL(provider.jwksUrl("main").toString()))
                .getKeys()
                .get(0)
                .toRSAKey();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims().build());
        forged.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));

        assertRefused(forged.serialize(), 401, "its algorithm HS256 is not taken");
    }

    @Test
    void otherKeyUnderAKnownName_andAKeyInTheHeader() throws Exception {
        String known = JWKSet.load(new URL(provider.jwksUrl("main").toString()))
                .getKeys()
                .get(0)
                .getKeyID();
        RSAKey own = new RSAKeyGenerator(2048).keyID(known).generate();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(known)
                        .jwk(own.toPublicJWK())
                        .build(),
                claims().build());
        forged.sign(new RSASSASigner(own));

        assertRefused(forged.serialize(), 401, "Invalid signature");
    }

    @Test
    void changedClaims() {
        String good = token("main", AUDIENCE, 300, "dan", "people");
        String[] parts = good.split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1])).replace("people", "plumb-admins");
        String changed = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes()) + "." + parts[2];

        assertRefused(changed, 401, "Invalid signature");
    }
}
