package io.plumbline.pipeline.control.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.pipeline.control.http.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that change, providers that are away, settings that are wrong; with files over HTTP. */
class OidcTokensTest {
    private HttpServer files;
    private final ConcurrentMap<String, String> served = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private String issuer;
    private ECKey first;

    @BeforeEach
    void start() throws Exception {
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] body =
                    served.getOrDefault(exchange.getRequestURI().getPath(), "").getBytes(UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        files.start();
        issuer = "http://127.0.0.1:" + files.getAddress().getPort();
        first = key("k1");
        describe(issuer);
        serve(first);
    }

    @AfterEach
    void stop() {
        files.stop(0);
    }

    private static ECKey key(String id) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    private void describe(String as) {
        served.put(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"" + as + "\",\"jwks_uri\":\"" + issuer + "/keys\"}");
    }

    private void serve(ECKey key) {
        served.put("/keys", new JWKSet(key).toString());
    }

    private OidcTokens tokens() {
        return new OidcTokens(OidcSettings.of(settings()));
    }

    private Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "control.oidc.issuer", issuer,
                "control.oidc.audience", "plumbline",
                "control.oidc.grant.all", "group=*,role=viewer"));
    }

    private String signed(ECKey key) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .audience("plumbline")
                        .subject("ann")
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    @Test
    void newKey_isFetchedWhenATokenComesWithIt() throws Exception {
        OidcTokens tokens = tokens();
        assertThat(tokens.caller(signed(first)).name()).isEqualTo("oidc:ann");
        ECKey second = key("k2");
        serve(second);

        assertThat(tokens.caller(signed(second)).name()).isEqualTo("oidc:ann");
        assertThatThrownBy(() -> tokens.caller(signed(first))).isInstanceOf(Problem.class);
    }

    @Test
    void floodOfUnknownKeys_asksTheProviderTwiceAtMost() throws Exception {
        OidcTokens tokens = tokens();
        String good = signed(first);
        tokens.caller(good);
        asked.clear();

        for (int i = 0; i < 50; i++) {
            String forged = signed(key("unknown-" + i));
            assertThatThrownBy(() -> tokens.caller(forged))
                    .extracting(e -> ((Problem) e).status())
                    .isEqualTo(401);
        }

        assertThat(asked).hasSizeBetween(1, 2);
        assertThat(tokens.caller(good).name()).isEqualTo("oidc:ann");
    }

    @Test
    void floodWhileTheProviderIsAway_asksItOnce() throws Exception {
        OidcTokens tokens = tokens();
        served.clear();

        for (int i = 0; i < 50; i++) {
            String good = signed(first);
            assertThatThrownBy(() -> tokens.caller(good)).hasMessageContaining("can't be read now");
        }

        assertThat(asked).hasSize(1);
    }

    @Test
    void providerAway_isNoRefusal_andKnownKeysStayGood() throws Exception {
        OidcTokens tokens = tokens();
        tokens.caller(signed(first));
        OidcTokens later = tokens();
        served.clear();

        assertThat(tokens.caller(signed(first)).name()).isEqualTo("oidc:ann");
        assertThatThrownBy(() -> later.caller(signed(first)))
                .hasMessageContaining("keys can't be read now")
                .extracting(e -> ((Problem) e).status())
                .isEqualTo(503);
    }

    @Test
    void providerThatCallsItselfOtherwise_isNotTrusted() throws Exception {
        describe("https://evil.example");

        String good = signed(first);
        assertThatThrownBy(() -> tokens().caller(good)).hasMessageContaining("keys can't be read now");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "control.oidc.issuer;http://id.example.com;has to be an https address",
                "control.oidc.issuer;;needs control.oidc.issuer and control.oidc.audience; set control.oidc.issuer",
                "control.oidc.audience;;set control.oidc.audience",
                "control.oidc.colour;red;unknown setting control.oidc.colour; sign-on knows control.oidc.audience",
                "control.oidc.grant.x;role=viewer;group and one role are needed",
                "control.oidc.grant.x;group=a,role=king;a role is one of viewer, prober, assistant, approver, admin: king",
                "control.oidc.grant.x;group=a,role=admin,service=shop;an admin has no bounds",
            })
    void mistakes_sayWhatToDo(String key, String value, String words) throws IOException {
        Map<String, String> settings = settings();
        settings.put(key, value == null ? "" : value);

        assertThatThrownBy(() -> OidcSettings.of(settings)).hasMessageContaining(words.split(";")[0]);
    }
}
