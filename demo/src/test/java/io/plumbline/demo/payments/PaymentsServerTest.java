package io.plumbline.demo.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.service.Ask;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentsServerTest {
    private PaymentsServer payments;

    @BeforeEach
    void start() throws IOException {
        payments = PaymentsServer.start(0);
    }

    @AfterEach
    void stop() {
        payments.close();
    }

    @Test
    void charge_answersItsId() throws Exception {
        Ask answer = Ask.get(payments.address(), "/charge?order=o-1&customer=anna&card=4111111111111111&cents=1250");

        assertThat(answer).isEqualTo(new Ask(200, "{\"charge\":\"c-1\",\"cents\":1250}\n"));
        assertThat(Ask.get(payments.address(), "/balance").body()).isEqualTo("{\"charges\":1,\"cents\":1250}\n");
    }

    @Test
    void charge_badCard() throws Exception {
        Ask answer = Ask.get(payments.address(), "/charge?order=o-1&customer=anna&card=1234&cents=1250");

        assertThat(answer).isEqualTo(new Ask(400, "{\"error\":\"not the number of a card, ends in 1234\"}\n"));
    }

    @Test
    void charge_missingParameter() throws Exception {
        Ask answer = Ask.get(payments.address(), "/charge?order=o-1&card=4111111111111111&cents=1250");

        assertThat(answer).isEqualTo(new Ask(400, "{\"error\":\"parameter is missing: customer\"}\n"));
    }

    @Test
    void charge_withoutQuery() throws Exception {
        assertThat(Ask.get(payments.address(), "/charge").status()).isEqualTo(400);
    }

    @Test
    void charge_nothing() throws Exception {
        Ask answer = Ask.get(payments.address(), "/charge?order=o-1&customer=anna&card=4111111111111111&cents=0");

        assertThat(answer).isEqualTo(new Ask(400, "{\"error\":\"cents must be > 0: 0\"}\n"));
    }

    @Test
    void charge_asForm() throws Exception {
        Ask answer =
                Ask.post(payments.address(), "/charge", "order=o-1&customer=anna&card=4111111111111111&cents=1250");

        assertThat(answer).isEqualTo(new Ask(200, "{\"charge\":\"c-1\",\"cents\":1250}\n"));
    }
}
